package dev.sluice.rule.compile;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelKind;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Expression;
import dev.sluice.rule.Field;
import dev.sluice.rule.Timer;
import dev.sluice.rule.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Parses, checks and plans the expressions over one event type. Safe for many threads. */
final class ExpressionChecker {
    static final int LENGTH_MAX = 10_000;
    static final int NESTING_MAX = 60;
    static final int ITERATIONS_MAX = 100_000;
    static final int PATTERN_SIZE_MAX = 2_000;
    /** Shapes remembered at once. */
    private static final int SHAPES_MAX = 2_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(LENGTH_MAX)
            .maxParseRecursionDepth(NESTING_MAX)
            .comprehensionMaxIterations(ITERATIONS_MAX)
            .maxRegexProgramSize(PATTERN_SIZE_MAX)
            // Events may have fields named like CEL's reserved words: package, namespace, loop ...
            .enableReservedIds(false)
            .enableHeterogeneousNumericComparisons(true)
            .enableTimestampEpoch(true)
            .enableRegexPartialMatch(true)
            .evaluateCanonicalTypesToNativeValues(true)
            .build();

    private static final CelLibrary LIBRARY =
            new CelLibrary(OPTIONS, List.of(CelExtensions.strings(), CelExtensions.math()));

    private final EventType eventType;
    private final Evaluation evaluation;
    private final CelTypes types = new CelTypes();
    private final Cel cel;
    private final CelValidator literals;
    /** By key of the shape; empty for shapes that cannot be shared. */
    private final Map<String, Optional<SharedTree>> trees = new ConcurrentHashMap<>();

    private final ExpressionMemo memo = new ExpressionMemo();
    private final CommonParts common = new CommonParts();
    private final AtomicLong parses = new AtomicLong();

    /** How expressions are evaluated: by a plan where there is one, or always by cel-java. */
    enum Evaluation {
        PLANNED,
        /** Planned, each from a parse of its own. */
        PLANNED_ALONE,
        INTERPRETED
    }

    ExpressionChecker(EventType eventType) {
        // A shape does not tell of which pool a figure is.
        this(eventType, eventType.equals(Timer.SCOPE) ? Evaluation.PLANNED_ALONE : Evaluation.PLANNED);
    }

    ExpressionChecker(EventType eventType, Evaluation evaluation) {
        this.eventType = eventType;
        this.evaluation = evaluation;
        CelBuilder builder = CelFactory.plannerCelBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addCompilerLibraries(CelExtensions.strings(), CelExtensions.math())
                .addRuntimeLibraries(CelExtensions.strings(), CelExtensions.math());
        if (eventType.equals(Timer.SCOPE)) {
            builder.addMacros(PoolFunctions.MACROS);
        }
        for (Field field : eventType.fields()) {
            builder.addVar(field.name(), types.toCel(field.type()));
        }
        cel = builder.setTypeProvider(types.provider()).build();
        literals = CelValidatorFactory.standardCelValidatorBuilder(cel)
                .addAstValidators(TimestampLiteralValidator.INSTANCE, DurationLiteralValidator.INSTANCE)
                .build();
    }

    /** Never throws on bad text. Of one text all get one expression. */
    Checked check(String text) {
        if (text.codePointCount(0, text.length()) > LENGTH_MAX) {
            return refused("too-large", "the expression is longer than " + LENGTH_MAX + " characters; split the rule");
        }
        Optional<Checked> known = memo.find(text);
        return known.isPresent() ? known.get() : memo.add(text, checkedAnew(text));
    }

    private Checked checkedAnew(String text) {
        try {
            Optional<Checked> shared = shared(text);
            return shared.isPresent() ? shared.get() : checkedWhole(text);
        } catch (CelValidationException | CelEvaluationException | RuntimeException e) {
            return refused("invalid-expression", "the expression cannot be compiled; simplify it");
        } catch (StackOverflowError e) {
            return refused("too-deep", "the expression nests too deep; split the rule");
        }
    }

    private Checked checkedWhole(String text) throws CelValidationException, CelEvaluationException {
        CelValidationResult result = compiled(text);
        return result.hasError() ? refused(text, result) : checked(text, result.getAst());
    }

    private CelValidationResult compiled(String text) {
        parses.incrementAndGet();
        return cel.compile(text);
    }

    /**
     * What the whole check would give, from the tree that expressions of this shape share. Empty when there is anything
     * to say about the expression: places and texts are those of the whole check.
     */
    private Optional<Checked> shared(String text) throws CelValidationException, CelEvaluationException {
        Optional<ExpressionShape> shape =
                evaluation == Evaluation.PLANNED ? ExpressionShape.of(text) : Optional.empty();
        if (shape.isEmpty()) {
            return Optional.empty();
        }
        Optional<SharedTree> tree = trees.get(shape.get().key());
        if (tree == null) {
            CelValidationResult specimen = compiled(shape.get().specimen());
            tree = specimen.hasError() ? Optional.empty() : SharedTree.of(specimen.getAst(), shape.get());
            remember(shape.get().key(), tree);
        }
        if (tree.isEmpty()) {
            return Optional.empty();
        }
        Checked checked = checked(text, tree.get().with(shape.get().literals()));
        boolean clean = checked.findings().isEmpty()
                && checked.expression().filter(Expression::isPlanned).isPresent();
        return clean ? Optional.of(checked) : Optional.empty();
    }

    private void remember(String key, Optional<SharedTree> tree) {
        if (trees.size() >= SHAPES_MAX) {
            trees.clear();
        }
        trees.put(key, tree);
    }

    /** How many texts were parsed so far. */
    long parses() {
        return parses.get();
    }

    private static Checked refused(String code, String message) {
        return Checked.refused(List.of(Finding.error(code, 0, message)));
    }

    private Checked refused(String text, CelValidationResult result) {
        CelMessages messages = new CelMessages(eventType, text);
        List<Finding> findings = new ArrayList<>();
        for (CelIssue issue : result.getErrors()) {
            if (issue.getMessage().contains("exceeds recursion limit")
                    || issue.getMessage().contains("recursion limit exceeded")) {
                return refused(
                        "too-deep", "the expression nests deeper than " + NESTING_MAX + " levels; split the rule");
            }
            findings.add(messages.finding(offset(text, issue), issue.getMessage()));
        }
        // After the first syntax error the parser guesses: what follows is noise.
        Optional<Finding> syntax =
                findings.stream().filter(f -> f.code().equals("syntax")).findFirst();
        return Checked.refused(syntax.map(List::of).orElse(findings));
    }

    private Checked checked(String text, CelAbstractSyntaxTree ast) throws CelEvaluationException {
        List<CelExpr> nodes = ExpressionNodes.of(ast.getExpr());
        List<Finding> findings = new ArrayList<>();
        // The validators walk and evaluate the whole tree: a third of the cost of a check, for what is seldom there.
        if (isAny(nodes, ExpressionChecker::isOfTime)) {
            for (CelIssue issue : literals.validate(ast).getErrors()) {
                findings.add(Finding.error("invalid-literal", offset(text, issue), literalMessage(issue.getMessage())));
            }
        }
        findings.addAll(new RegexLiterals(ast, PATTERN_SIZE_MAX).refused(nodes));
        if (isAny(nodes, node -> node.exprKind().getKind() == Kind.STRUCT)) {
            findings.add(Finding.error("invalid-expression", 0, "an expression cannot build records; build a map"));
        }
        Optional<ValueType> type = resultType(ast);
        if (type.isEmpty()) {
            findings.add(Finding.error("wrong-type", 0, noType(ast)));
        }
        if (!findings.isEmpty()) {
            return Checked.refused(findings);
        }
        List<Finding> warnings = new ArrayList<>(new EnumSymbols(eventType, ast).unknown(nodes));
        PlannedParts apart = new PlannedParts();
        Optional<PlannedExpression.Plan> plan = plan(ast, apart);
        if (plan.isEmpty()) {
            return new Checked(Optional.of(interpreted(text, type.get(), ast)), warnings);
        }
        PlannedExpression planned = new PlannedExpression(text, type.get(), plan.get());
        if (type.get() != ValueType.Scalar.BOOL) {
            return new Checked(Optional.of(planned), warnings);
        }
        ConditionParts parts = parts(ast, apart);
        if (warnings.isEmpty()) {
            // A wrong symbol is often why a condition cannot hold.
            new ConditionFindings(ast, eventType, parts).find().ifPresent(warnings::add);
        }
        return new Checked(Optional.of(planned.takenApart(parts.condition())), warnings);
    }

    private Optional<PlannedExpression.Plan> plan(CelAbstractSyntaxTree ast, PlannedParts planned) {
        return evaluation == Evaluation.INTERPRETED
                ? Optional.empty()
                : new ExpressionPlanner(ast, eventType, LIBRARY, common, planned).plan();
    }

    private Expression interpreted(String text, ValueType type, CelAbstractSyntaxTree ast)
            throws CelEvaluationException {
        List<List<String>> paths = ExpressionNodes.of(ast.getExpr()).stream()
                .map(FieldPaths::path)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return new CelExpression(
                text, type, eventType, new CelExpression.CompiledProgram(cel.createProgram(ast), paths));
    }

    private ConditionParts parts(CelAbstractSyntaxTree ast, PlannedParts planned) {
        try {
            return new ConditionAnalysis(ast, eventType, LIBRARY, common, planned).analyse();
        } catch (NotPlannedException e) {
            throw new IllegalStateException("a part of a planned expression has no plan", e);
        }
    }

    private static boolean isAny(List<CelExpr> nodes, Predicate<CelExpr> wanted) {
        for (CelExpr node : nodes) {
            if (wanted.test(node)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfTime(CelExpr node) {
        return node.exprKind().getKind() == Kind.CALL
                && (node.call().function().equals("timestamp")
                        || node.call().function().equals("duration"));
    }

    private Optional<ValueType> resultType(CelAbstractSyntaxTree ast) {
        return FieldPaths.path(ast.getExpr())
                .flatMap(path -> FieldPaths.type(eventType, path))
                .or(() -> types.fromCel(ast.getResultType()));
    }

    private static String noType(CelAbstractSyntaxTree ast) {
        return ast.getResultType().kind() == CelKind.NULL_TYPE
                ? "the expression is always null; a field needs a value of one type"
                : "a result of type " + TypeNames.plain(ast.getResultType().name())
                        + " can be no field; maps need string keys";
    }

    /** Offset in code points from CEL's line (from 1) and column (from 0). */
    private static int offset(String text, CelIssue issue) {
        int[] all = text.codePoints().toArray();
        int offset = 0;
        for (int line = 1; line < issue.getSourceLocation().getLine() && offset < all.length; offset++) {
            if (all[offset] == '\n') {
                line++;
            }
        }
        return Math.max(
                0, Math.min(all.length, offset + issue.getSourceLocation().getColumn()));
    }

    private static String literalMessage(String issue) {
        return issue.startsWith("timestamp")
                ? "this text is no timestamp; write it like 2001-01-31T18:00:00Z"
                : "this text is no duration; write it like 90s or 1h30m";
    }
}
