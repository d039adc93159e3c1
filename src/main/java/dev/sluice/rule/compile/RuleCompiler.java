package dev.sluice.rule.compile;

import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Problem;
import dev.sluice.rule.RulesetDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The one door to the compiler: text of a rule file in, compiled rules or problems out. Safe for many threads. */
public final class RuleCompiler {
    private static final String WARM_UP = """
            ruleset: warm-up
            rules:
              - id: warm-up
                from: %s
                when: 1 + 1 > 2 && "a".startsWith("b") || "a" in ["b"]
                emit: { type: WarmUp, fields: { text: "'a' + 'b'", number: double(1) / 2.0 } }
            """;

    private final EventTypes eventTypes;
    private final Map<EventType, ExpressionChecker> checkers = new ConcurrentHashMap<>();

    public RuleCompiler(EventTypes eventTypes) {
        this.eventTypes = eventTypes;
    }

    /** Never throws on bad text: every problem of the file is in the result. */
    public Compilation compile(String source) {
        Problems problems = new Problems();
        try {
            return compile(source, problems);
        } catch (RuntimeException | StackOverflowError e) {
            // A file that trips a library must be refused like any other bad file, not end the loader.
            return new Compilation(
                    Optional.empty(),
                    List.of(Problem.error(
                            "compiler-failure",
                            "the compiler failed on this file with "
                                    + e.getClass().getSimpleName() + "; simplify the file and report it")));
        }
    }

    /**
     * Makes the checkers of all event types, and compiles a small rule of each: the first compilation of a
     * process costs some hundred milliseconds, which should not be a publisher's wait.
     */
    public void warmUp() {
        eventTypes.byName().keySet().forEach(type -> compile(WARM_UP.formatted(type)));
    }

    private Compilation compile(String source, Problems problems) {
        Optional<RuleFile> file = YamlText.read(source, problems)
                .flatMap(root -> new RuleFileReader(new SourceText(source), problems).read(root));
        Optional<RulesetDefinition> definition =
                file.map(f -> new RulesetBuilder(eventTypes, this::checker, problems).build(f));
        return new Compilation(problems.hasErrors() ? Optional.empty() : definition, problems.inOrder());
    }

    /** The checkers of source event types live as long as the compiler; emit types come and go with files. */
    private ExpressionChecker checker(EventType type) {
        return eventTypes.byName().containsValue(type)
                ? checkers.computeIfAbsent(type, ExpressionChecker::new)
                : new ExpressionChecker(type);
    }
}
