package dev.sluice.rule.compile;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Predicate;
import dev.sluice.rule.Predicate.Bounds;
import dev.sluice.rule.Subject;
import dev.sluice.rule.ValueType;
import dev.sluice.rule.plan.Leaves;
import dev.sluice.rule.plan.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checked boolean expression taken apart for an index. Negations go inwards and {@code ||} outwards, which the
 * language's three truth values (true, false, failed) allow as two do.
 */
final class ConditionAnalysis {
    /** Past this many the condition stays whole. */
    static final int ALTERNATIVES_MAX = 16;

    /** Predicates that most conditions have at most. */
    private static final int FEW = 4;

    private static final Map<String, String> MIRRORED =
            Map.of("_<_", "_>_", "_<=_", "_>=_", "_>_", "_<_", "_>=_", "_<=_");

    private final CelAbstractSyntaxTree ast;
    private final EventType eventType;
    private final CelLibrary library;
    private final CommonParts common;
    private final PlannedParts planned;
    private final IdentityHashMap<Predicate, CelExpr> said = new IdentityHashMap<>(FEW);

    /** @param planned of this tree, so far */
    ConditionAnalysis(
            CelAbstractSyntaxTree ast,
            EventType eventType,
            CelLibrary library,
            CommonParts common,
            PlannedParts planned) {
        this.ast = ast;
        this.eventType = eventType;
        this.library = library;
        this.common = common;
        this.planned = planned;
    }

    ConditionParts analyse() throws NotPlannedException {
        return new ConditionParts(holds(ast.getExpr()), said);
    }

    /** When the expression is true. */
    private List<List<Predicate>> holds(CelExpr expression) throws NotPlannedException {
        return switch (function(expression)) {
            case "_&&_" -> all(expression, Polarity.TRUE);
            case "_||_" -> any(expression, Polarity.TRUE);
            case "!_" -> fails(expression.call().args().get(0), expression);
            default -> predicate(expression);
        };
    }

    /** When the operand of a negation is false. */
    private List<List<Predicate>> fails(CelExpr operand, CelExpr negation) throws NotPlannedException {
        return switch (function(operand)) {
            case "_&&_" -> any(operand, Polarity.FALSE);
            case "_||_" -> all(operand, Polarity.FALSE);
            case "!_" -> holds(operand.call().args().get(0));
            default ->
                isBoolField(operand)
                        ? one(new Predicate.OneOf(expression(negation), subject(operand), Set.of(false)), negation)
                        : predicate(negation);
        };
    }

    private enum Polarity {
        TRUE,
        FALSE
    }

    private List<List<Predicate>> part(CelExpr part, Polarity wanted) throws NotPlannedException {
        return wanted == Polarity.TRUE ? holds(part) : fails(part, negated(part));
    }

    private static CelExpr negated(CelExpr expression) {
        return CelExpr.ofCall(0, Optional.empty(), "!_", ImmutableList.of(expression));
    }

    private List<List<Predicate>> all(CelExpr chain, Polarity wanted) throws NotPlannedException {
        List<List<Predicate>> product = List.of(List.of());
        for (CelExpr part : chain.call().args()) {
            List<List<Predicate>> alternatives = part(part, wanted);
            if (product.size() * alternatives.size() > ALTERNATIVES_MAX) {
                return whole(chain, wanted);
            }
            product = product(product, alternatives);
        }
        return product;
    }

    private static List<List<Predicate>> product(List<List<Predicate>> left, List<List<Predicate>> right) {
        List<List<Predicate>> product = new ArrayList<>();
        for (List<Predicate> first : left) {
            for (List<Predicate> second : right) {
                List<Predicate> both = new ArrayList<>(first);
                both.addAll(second);
                product.add(both);
            }
        }
        return product;
    }

    private List<List<Predicate>> any(CelExpr chain, Polarity wanted) throws NotPlannedException {
        List<List<Predicate>> sum = new ArrayList<>();
        for (CelExpr part : chain.call().args()) {
            sum.addAll(part(part, wanted));
        }
        Predicate.OneOf values = oneSet(sum);
        if (values != null) {
            CelExpr whole = wanted == Polarity.TRUE ? chain : negated(chain);
            return one(new Predicate.OneOf(expression(whole), values.subject(), values.values()), whole);
        }
        return sum.size() > ALTERNATIVES_MAX ? whole(chain, wanted) : sum;
    }

    /** All the values when each alternative is that one subject has some value; else null. */
    private static Predicate.@Nullable OneOf oneSet(List<List<Predicate>> alternatives) {
        Predicate.OneOf first = null;
        Set<Object> values = new LinkedHashSet<>();
        for (List<Predicate> alternative : alternatives) {
            if (alternative.size() != 1 || !(alternative.get(0) instanceof Predicate.OneOf oneOf)) {
                return null;
            }
            first = first == null ? oneOf : first;
            if (!first.subject().equals(oneOf.subject())) {
                return null;
            }
            values.addAll(oneOf.values());
        }
        return first == null ? null : new Predicate.OneOf(first.expression(), first.subject(), values);
    }

    private List<List<Predicate>> whole(CelExpr chain, Polarity wanted) throws NotPlannedException {
        CelExpr whole = wanted == Polarity.TRUE ? chain : negated(chain);
        return one(new Predicate.Holds(expression(whole)), whole);
    }

    private List<List<Predicate>> one(Predicate predicate, CelExpr expression) {
        said.put(predicate, expression);
        return List.of(List.of(predicate));
    }

    private List<List<Predicate>> predicate(CelExpr expression) throws NotPlannedException {
        Predicate recent = common.recent(planned.text(expression));
        if (recent != null && !said.containsKey(recent)) {
            return one(recent, expression);
        }
        PlannedExpression whole = expression(expression);
        if (Leaves.isConstant(whole.root()) && Leaves.constantValue(whole.root()) instanceof Boolean always) {
            return always ? List.of(List.of()) : List.of();
        }
        Predicate searchable = searchable(expression, whole);
        Predicate found = searchable == null ? new Predicate.Holds(whole) : searchable;
        if (planned.condition(expression) != null) {
            common.remember(found);
        }
        return one(found, expression);
    }

    private @Nullable Predicate searchable(CelExpr expression, PlannedExpression planned) throws NotPlannedException {
        if (isBoolField(expression)) {
            return new Predicate.OneOf(planned, subject(expression), Set.of(true));
        }
        if (expression.exprKind().getKind() != Kind.CALL) {
            return null;
        }
        CelExpr.CelCall call = expression.call();
        if (call.target().isPresent()) {
            return call.function().equals("startsWith") ? prefix(expression, planned) : null;
        }
        if (call.args().size() != 2) {
            return null;
        }
        CelExpr left = call.args().get(0);
        CelExpr right = call.args().get(1);
        Optional<Object> atRight = constant(right);
        if (atRight.isPresent()) {
            return comparison(planned, call.function(), left, atRight.get());
        }
        Optional<Object> atLeft = constant(left);
        if (atLeft.isPresent() && !call.function().equals("@in")) {
            String mirrored = MIRRORED.getOrDefault(call.function(), call.function());
            return comparison(planned, mirrored, right, atLeft.get());
        }
        return null;
    }

    private @Nullable Predicate prefix(CelExpr expression, PlannedExpression planned) throws NotPlannedException {
        CelExpr text = expression.call().target().orElseThrow();
        boolean known = kind(text) == CelKind.STRING && expression.call().args().size() == 1;
        if (known
                && constant(expression.call().args().get(0)).orElse("") instanceof String prefix
                && !prefix.isEmpty()) {
            return new Predicate.StartsWith(planned, subject(text), prefix);
        }
        return null;
    }

    /** @param value what the subject is compared with; {@link #NULL} for null */
    private @Nullable Predicate comparison(PlannedExpression planned, String function, CelExpr side, Object value)
            throws NotPlannedException {
        CelKind kind = kind(side);
        Set<Object> values = function.equals("_==_") ? Set.of(value) : elements(function, value);
        if (!values.isEmpty()) {
            Class<?> type = searchedClass(kind);
            boolean searched = type != null && values.stream().allMatch(type::isInstance);
            return searched ? new Predicate.OneOf(planned, subject(side), values) : null;
        }
        if (function.equals("_!=_") && value == NULL) {
            return new Predicate.NotNull(planned, subject(side));
        }
        Bounds bounds = RankBounds.of(function, kind, value);
        boolean exact = kind == CelKind.INT || kind == CelKind.DOUBLE;
        return bounds == null ? null : new Predicate.InRange(planned, subject(side), bounds, exact);
    }

    private static Set<Object> elements(String function, Object value) {
        if (!function.equals("@in") || !(value instanceof List<?> list) || list.contains(null)) {
            return Set.of();
        }
        return new HashSet<>(list);
    }

    private static @Nullable Class<?> searchedClass(CelKind kind) {
        return switch (kind) {
            case STRING -> String.class;
            case INT -> Long.class;
            case BOOL -> Boolean.class;
            default -> null;
        };
    }

    private static final Object NULL = new Object();

    /** The value of an expression that needs no event; empty for others. */
    private Optional<Object> constant(CelExpr expression) throws NotPlannedException {
        Kind form = expression.exprKind().getKind();
        if (form == Kind.IDENT || form == Kind.SELECT) {
            return Optional.empty();
        }
        if (form == Kind.CONSTANT && kind(expression) == CelKind.NULL_TYPE) {
            return Optional.of(NULL);
        }
        Node node = planner().plan(expression);
        return Leaves.isConstant(node) ? Optional.ofNullable(Leaves.constantValue(node)) : Optional.empty();
    }

    private Subject subject(CelExpr expression) throws NotPlannedException {
        boolean field = expression.exprKind().getKind() == Kind.IDENT;
        int position = field ? eventType.position(expression.ident().name()) : Subject.NO_FIELD;
        return common.subject(
                CanonicalText.of(expression),
                text -> new Subject(
                        text,
                        position,
                        new PlannedExpression(
                                text, new ValueType.Anything(), planner().planPart(expression))));
    }

    private PlannedExpression expression(CelExpr condition) throws NotPlannedException {
        PlannedExpression.Plan known = planned.condition(condition);
        PlannedExpression.Plan plan = known == null ? planner().planCondition(condition) : known;
        return new PlannedExpression(planned.text(condition), ValueType.Scalar.BOOL, plan);
    }

    private ExpressionPlanner planner() {
        return new ExpressionPlanner(ast, eventType, library, common, planned);
    }

    private static String function(CelExpr expression) {
        boolean call = expression.exprKind().getKind() == Kind.CALL;
        return call ? expression.call().function() : "";
    }

    /** The kind of the values, whether or not they may be null. */
    private CelKind kind(CelExpr expression) {
        if (!isSurelyTyped(expression)) {
            return CelKind.DYN;
        }
        CelType type = ast.getTypeMap().get(expression.id());
        if (type instanceof NullableType nullable) {
            return nullable.targetType().kind();
        }
        return type == null ? CelKind.DYN : type.kind();
    }

    /** A bool that is never null: where a record on the way to it may be, it fails. */
    private boolean isBoolField(CelExpr expression) {
        return FieldPaths.path(expression)
                .flatMap(path -> FieldPaths.type(eventType, path))
                .filter(type -> type == ValueType.Scalar.BOOL)
                .isPresent();
    }

    /**
     * Whether the values are surely of the type that the checker found. Where it unites types, as in lists that are
     * written out and in {@code ? :}, it takes a value that is not known before run time for one of the other's type.
     */
    private static boolean isSurelyTyped(CelExpr expression) {
        return switch (expression.exprKind().getKind()) {
            case CONSTANT, IDENT -> true;
            case SELECT -> isSurelyTyped(expression.select().operand());
            case CALL ->
                !expression.call().function().equals("_?_:_")
                        && expression.call().target().stream().allMatch(ConditionAnalysis::isSurelyTyped)
                        && expression.call().args().stream().allMatch(ConditionAnalysis::isSurelyTyped);
            default -> false;
        };
    }
}
