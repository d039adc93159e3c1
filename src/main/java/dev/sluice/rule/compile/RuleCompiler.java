package dev.sluice.rule.compile;

import dev.sluice.deployment.DeploymentSpec;
import dev.sluice.deployment.DeploymentTemplates;
import dev.sluice.deployment.DeploymentWish;
import dev.sluice.rule.CompiledRule;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import dev.sluice.rule.Problem;
import dev.sluice.rule.RulesetDefinition;
import dev.sluice.rule.Timer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The one door to the compiler: text of a rule file in, compiled rules or problems out. Safe for many threads. */
public final class RuleCompiler {
    private static final int LATEST_MAX = 8;
    private static final int EMIT_CHECKERS_MAX = 200;
    /** @param standing empty when the next version has to be read as a whole */
    private record Latest(RulesetDefinition definition, Optional<Standing> standing) {}

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
    /** In the order of their last use. */
    private final Map<EventType, ExpressionChecker> emitCheckers = new LinkedHashMap<>();

    /** The last of each ruleset that compiled, by name, the latest last. */
    private final Map<String, Latest> latest = new LinkedHashMap<>();

    private final AtomicLong revisions = new AtomicLong();

    public RuleCompiler(EventTypes eventTypes) {
        this.eventTypes = eventTypes;
    }

    /**
     * How a version is to be deployed.
     *
     * @param spec when no problem is an error
     * @param stageOnly whether it waits for a command once the fleet is prepared
     * @param problems all of them, in order of place
     */
    public record DeploymentReading(Optional<DeploymentSpec> spec, boolean stageOnly, List<Problem> problems) {
        public DeploymentReading {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads what a publisher says of a deployment. Never throws on bad text.
     *
     * @param text what a rule file has under {@code deployment:}, as YAML or JSON; it may have {@code stageOnly}
     * @param base what the text leaves out is taken from it; of a strategy's own keys, where the strategy is the same
     */
    public static DeploymentReading deployment(String text, DeploymentSpec base) {
        return DeploymentReader.ofText(text, new DeploymentReader.Basis(base, DeploymentTemplates.NONE));
    }

    /**
     * How a version is deployed: what its publisher says, over what its file says, with the fleet's templates. Never throws on
     * bad text.
     *
     * @param publisher as in {@link #deployment(String, DeploymentSpec)}; null: nothing
     */
    public static DeploymentReading deployment(
            DeploymentWish file, @Nullable String publisher, DeploymentTemplates templates) {
        if (file instanceof DeploymentWish.OnTemplate on) {
            DeploymentReading base =
                    DeploymentReader.ofText(on.text(), new DeploymentReader.Basis(DeploymentSpec.DEFAULT, templates));
            return base.spec().isEmpty() ? base : over(base.spec().get(), publisher, templates);
        }
        DeploymentSpec base = file instanceof DeploymentWish.Whole whole ? whole.spec() : templates.otherwise();
        return over(base, publisher, templates);
    }

    private static DeploymentReading over(
            DeploymentSpec base, @Nullable String publisher, DeploymentTemplates templates) {
        return publisher == null
                ? new DeploymentReading(Optional.of(base), false, List.of())
                : DeploymentReader.ofText(publisher, new DeploymentReader.Basis(base, templates));
    }

    /** What is wrong with a publisher's text whatever templates there are. */
    public static List<Problem> problemsOfDeployment(DeploymentWish file, String publisher) {
        DeploymentReader.Basis basis = file instanceof DeploymentWish.Whole whole
                ? new DeploymentReader.Basis(whole.spec(), null)
                : DeploymentReader.Basis.UNKNOWN;
        return DeploymentReader.ofText(publisher, basis).problems();
    }

    /** One that has compiled nothing so far, with another's checkers. */
    RuleCompiler(EventTypes eventTypes, RuleCompiler other) {
        this.eventTypes = eventTypes;
        checkers.putAll(other.checkers);
    }

    /** With all that the process has. Never throws on bad text: every problem of the file is in the result. */
    public Compilation compile(String source) {
        return compile(source, Effort.ALL);
    }

    /** As {@link #compile(String)}, when others have work for the processors, too. */
    public Compilation compile(String source, Effort effort) {
        Problems problems = new Problems();
        try {
            return compile(source, effort, problems);
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

    private Compilation compile(String source, Effort effort, Problems problems) {
        Optional<Standing> revised = revised(source, effort);
        if (revised.isPresent()) {
            revisions.incrementAndGet();
            return accepted(revised.get());
        }
        Reading reading = read(source, effort.pace(), problems);
        Optional<RuleFile> file = reading.file();
        Optional<RulesetDefinition> definition = file.map(f ->
                new RulesetBuilder(eventTypes, former(f.name()), new Checks(this::checker, effort), problems).build(f));
        if (problems.hasErrors()) {
            return new Compilation(
                    Optional.empty(),
                    problems.inOrder(),
                    file.map(RuleFile::deployment).orElse(DeploymentWish.NOTHING));
        }
        if (file.isPresent() && definition.isPresent()) {
            RulesetDefinition made = definition.get();
            Warnings warnings = new Warnings(problems.found(), Subsumption.of(file.get(), made.rules(), effort.pace()));
            keep(new Latest(
                    made, reading.layout().flatMap(layout -> Standing.of(source, layout, file.get(), made, warnings))));
            problems.addAll(warnings.subsumption().warnings());
        }
        return new Compilation(definition, problems.inOrder());
    }

    /**
     * What is needed of a text. The tree of its YAML but for the texts of rules, some megabytes for ten thousand of them, is
     * not: while they are checked the collector would copy it.
     */
    private record Reading(Optional<RuleFile> file, Optional<Layout> layout) {}

    private static Reading read(String source, Pace pace, Problems problems) {
        Optional<YamlDocument> document = YamlText.read(source, pace, problems);
        return new Reading(
                document.flatMap(d -> new RuleFileReader(new SourceText(source), pace, problems).read(d.root())),
                document.flatMap(d -> Layout.of(source, d)));
    }

    private Optional<Standing> revised(String source, Effort effort) {
        if (source.length() > YamlText.LENGTH_MAX) {
            return Optional.empty();
        }
        for (Standing standing : standings()) {
            Optional<Standing> next = revised(standing, source, effort);
            if (next.isPresent()) {
                return next;
            }
        }
        return Optional.empty();
    }

    /** One difference after another; what is between them is not read. */
    private Optional<Standing> revised(Standing standing, String source, Effort effort) {
        Standing now = standing;
        for (int step = 0; step < Steps.MAX; step++) {
            String text = Steps.first(now, source);
            Optional<Standing> next = step(standing, now, text, effort);
            if (next.isEmpty() || text.equals(source)) {
                return next;
            }
            now = next.get();
        }
        return step(standing, now, source, effort);
    }

    /** @param first where the steps began: its rules stay the same objects wherever they go */
    @SuppressWarnings("ReferenceEquality")
    private Optional<Standing> step(Standing first, Standing now, String text, Effort effort) {
        Optional<FrameRevision> frame = FrameRevision.of(now, text);
        if (frame.isPresent()) {
            return frame.get().compile();
        }
        return Revision.of(now, text).flatMap(revision -> {
            List<CompiledRule> former =
                    first == now ? revision.replaced(now) : first.definition().rules();
            return new RevisionCompiler(eventTypes, new Checks(this::checker, effort), now, revision).compile(former);
        });
    }

    private Compilation accepted(Standing standing) {
        keep(new Latest(standing.definition(), Optional.of(standing)));
        Problems problems = new Problems();
        problems.addAll(standing.warnings().found());
        problems.addAll(standing.warnings().subsumption().warnings());
        return new Compilation(Optional.of(standing.definition()), problems.inOrder());
    }

    /** How many compilations were made from a standing one. */
    long revisions() {
        return revisions.get();
    }

    private Former former(String name) {
        synchronized (latest) {
            Latest last = latest.get(name);
            return last == null ? Former.NONE : Former.of(last.definition().rules());
        }
    }

    private List<Standing> standings() {
        synchronized (latest) {
            return latest.values().stream()
                    .flatMap(last -> last.standing().stream())
                    .toList();
        }
    }

    private void keep(Latest last) {
        synchronized (latest) {
            String name = last.definition().name();
            latest.remove(name);
            latest.put(name, last);
            if (latest.size() > LATEST_MAX) {
                latest.remove(latest.keySet().iterator().next());
            }
        }
    }

    /** The checkers of source event types live as long as the compiler; of emit types, the latest are kept. */
    @SuppressWarnings("ReferenceEquality") // the one scope of timer rules
    private ExpressionChecker checker(EventType type) {
        if (type == Timer.SCOPE || Objects.equals(type, eventTypes.byName().get(type.name()))) {
            return checkers.computeIfAbsent(type, ExpressionChecker::new);
        }
        synchronized (emitCheckers) {
            ExpressionChecker known = emitCheckers.remove(type);
            ExpressionChecker checker = known == null ? new ExpressionChecker(type) : known;
            emitCheckers.put(type, checker);
            if (emitCheckers.size() > EMIT_CHECKERS_MAX) {
                emitCheckers.remove(emitCheckers.keySet().iterator().next());
            }
            return checker;
        }
    }
}
