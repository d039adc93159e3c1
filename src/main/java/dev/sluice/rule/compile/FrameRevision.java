package dev.sluice.rule.compile;

import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.Problem;
import dev.sluice.rule.RulesetDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A new text of a rule file with the rules of a standing one, and something else before or after them: another
 * description, another comment.
 *
 * @param head length of what stands before the rules, in chars
 */
record FrameRevision(Standing standing, String source, int head) {

    /** Empty when the text has not all the rules of the standing one as they are, with the old text before or behind them. */
    static Optional<FrameRevision> of(Standing standing, String source) {
        int start = standing.layout().start(0);
        int moved = start + source.length() - standing.source().length();
        return Stream.of(start, moved)
                .filter(at -> hasRules(standing, source, at))
                .findFirst()
                .map(at -> new FrameRevision(standing, source, at));
    }

    private static boolean hasRules(Standing standing, String source, int at) {
        int start = standing.layout().start(0);
        int length = standing.rulesLength();
        boolean line = at == 0 || (at > 0 && at <= source.length() && source.charAt(at - 1) == '\n');
        return line && length <= source.length() - at && TextMatch.isSame(source, at, standing.source(), start, length);
    }

    /** The same rules in their new file; empty in doubt, and when the file says more of them than where they are. */
    Optional<Standing> compile() {
        String before = source.substring(0, head);
        String after = source.substring(head + standing.rulesLength());
        int lines = (int) before.chars().filter(c -> c == '\n').count();
        // In the place of the rules stands one that shows whether YAML still finds them there.
        Revision.Marker marker = new Revision.Marker(standing.layout().indent(), lines + 1);
        String text = before + marker.text() + after;
        Problems problems = new Problems();
        Optional<RuleFile> frame = YamlText.read(text, Pace.FULL, problems)
                .filter(document -> marker.isTakenFrom(document, 0))
                .flatMap(
                        document -> new RuleFileReader(new SourceText(text), Pace.FULL, problems).read(document.root()))
                .filter(file -> problems.found().isEmpty() && saysTheSame(file));
        return frame.map(file -> next(file, lines));
    }

    private boolean saysTheSame(RuleFile file) {
        RulesetDefinition old = standing.definition();
        return file.name().equals(old.name())
                && file.mode() == old.mode()
                && file.constants().isEmpty()
                && file.templates().isEmpty()
                && standing.warnings().found().stream().allMatch(warning -> warning.rule() != null)
                && !(standing.hasNames() && old.rules().stream().anyMatch(FrameRevision::isWrittenOut));
    }

    private static boolean isWrittenOut(CompiledRule rule) {
        return rule.definition().keySet().stream()
                .anyMatch(path -> path.equals("template") || path.startsWith("constants."));
    }

    private Standing next(RuleFile file, int lines) {
        RulesetDefinition old = standing.definition();
        RulesetDefinition definition =
                new RulesetDefinition(old.name(), file.description(), old.mode(), old.rules(), file.deployment());
        int lineShift = lines + 1 - standing.layout().line(0);
        List<Problem> found = standing.warnings().found().stream()
                .map(warning -> RevisionCompiler.moved(warning, lineShift))
                .toList();
        Subsumption subsumption = standing.warnings().subsumption();
        List<PlacedRule> rules = PlacedRule.moved(subsumption.rules(), lineShift);
        return new Standing(
                source,
                standing.layout().moved(head - standing.layout().start(0), lineShift),
                definition,
                new Warnings(found, new Subsumption(subsumption.mode(), rules)),
                false);
    }
}
