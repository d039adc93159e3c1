package dev.sluice.rule.compile;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Predicate;
import dev.sluice.rule.plan.Containers;
import dev.sluice.rule.plan.Failures.Operand;
import dev.sluice.rule.plan.Leaves;
import dev.sluice.rule.plan.Locals;
import dev.sluice.rule.plan.Logic;
import dev.sluice.rule.plan.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A checked syntax tree to a plan. One use. */
final class ExpressionPlanner {
    private static final Event NO_EVENT = new Event() {
        @Override
        public EventType type() {
            throw new IllegalStateException("a constant was planned that reads the event");
        }

        @Override
        public @Nullable Object value(int position) {
            throw new IllegalStateException("a constant was planned that reads the event");
        }
    };

    private final CelAbstractSyntaxTree ast;
    private final EventType eventType;
    private final CelLibrary library;
    private final CallPlanner calls;
    private final CommonParts common;
    private final PlannedParts planned;
    private final Map<String, Integer> slots = new HashMap<>();
    private final Set<String> fields = new HashSet<>();
    private int depth;
    private int slotsMax;

    /** @param planned of this tree, so far */
    ExpressionPlanner(
            CelAbstractSyntaxTree ast,
            EventType eventType,
            CelLibrary library,
            CommonParts common,
            PlannedParts planned) {
        this.ast = ast;
        this.eventType = eventType;
        this.library = library;
        this.calls = new CallPlanner(library);
        this.common = common;
        this.planned = planned;
    }

    /** Empty when a part of the expression has no plan. */
    Optional<PlannedExpression.Plan> plan() {
        if (ast.getTypeMap().values().stream().anyMatch(ExpressionPlanner::isUnknownToPlans)) {
            return Optional.empty();
        }
        try {
            PlannedExpression.Plan plan = planPart(ast.getExpr());
            planned.put(ast.getExpr(), plan);
            return Optional.of(plan);
        } catch (NotPlannedException e) {
            return Optional.empty();
        }
    }

    /** The plan of a part of the tree that reads no macro's variable. */
    PlannedExpression.Plan planPart(CelExpr part) throws NotPlannedException {
        Node root = plan(part);
        return new PlannedExpression.Plan(root, slotsMax, common.fields(fields));
    }

    /** The plan of a part that must be true or false: null is a failure. */
    PlannedExpression.Plan planCondition(CelExpr part) throws NotPlannedException {
        Node root = condition(part, "when");
        return new PlannedExpression.Plan(root, slotsMax, common.fields(fields));
    }

    private static boolean isUnknownToPlans(CelType type) {
        return type.kind() == CelKind.UINT || type.kind() == CelKind.TYPE || type.kind() == CelKind.OPAQUE;
    }

    Node plan(CelExpr expression) throws NotPlannedException {
        return switch (expression.exprKind().getKind()) {
            case CONSTANT -> Leaves.constant(value(expression.constant()));
            case IDENT -> name(expression);
            case SELECT -> select(expression);
            case CALL -> call(expression);
            case LIST -> list(expression.list());
            case MAP -> map(expression.map());
            case COMPREHENSION -> new MacroPlanner(this).plan(expression.comprehension());
            default -> throw new NotPlannedException();
        };
    }

    private static @Nullable Object value(CelConstant constant) throws NotPlannedException {
        return switch (constant.getKind()) {
            case NULL_VALUE -> null;
            case BOOLEAN_VALUE -> constant.booleanValue();
            case INT64_VALUE -> constant.int64Value();
            case DOUBLE_VALUE -> constant.doubleValue();
            case STRING_VALUE -> constant.stringValue();
            case BYTES_VALUE -> constant.bytesValue().toByteArray();
            default -> throw new NotPlannedException();
        };
    }

    private Node name(CelExpr expression) throws NotPlannedException {
        String name = expression.ident().name();
        Integer slot = slots.get(name);
        if (slot != null) {
            return Leaves.variable(slot);
        }
        int position = eventType.position(name);
        if (position < 0) {
            throw new NotPlannedException();
        }
        fields.add(name);
        return Leaves.field(position);
    }

    private Node select(CelExpr expression) throws NotPlannedException {
        if (ast.getReferenceMap().containsKey(expression.id())) {
            throw new NotPlannedException();
        }
        CelExpr operand = expression.select().operand();
        Node container = plan(operand);
        Operand failures = common.operand("", path(operand));
        String name = expression.select().field();
        return expression.select().testOnly()
                ? Containers.has(container, failures, name)
                : Containers.select(container, failures, name);
    }

    private Node call(CelExpr expression) throws NotPlannedException {
        return switch (expression.call().function()) {
            case "_&&_" -> Logic.and(conditions(expression, new ArrayList<>()));
            case "_||_" -> Logic.or(conditions(expression, new ArrayList<>()));
            case "_?_:_" -> {
                List<CelExpr> parts = expression.call().args();
                yield Logic.conditional(condition(parts.get(0), "? :"), plan(parts.get(1)), plan(parts.get(2)));
            }
            default -> function(expression);
        };
    }

    /** The conditions of a chain of one operator, without its nesting. */
    private List<Node> conditions(CelExpr chain, List<Node> conditions) throws NotPlannedException {
        String function = chain.call().function();
        for (CelExpr part : chain.call().args()) {
            if (part.exprKind().getKind() == Kind.CALL && part.call().function().equals(function)) {
                conditions(part, conditions);
            } else {
                Node node = depth == 0 ? planApart(part) : plan(part);
                conditions.add(asCondition(node, part, CelMessages.operation(function)));
            }
        }
        return conditions;
    }

    /** Plans a part that reads no macro's variable so that it can be had again. */
    private Node planApart(CelExpr part) throws NotPlannedException {
        PlannedExpression.Plan plan = planned.get(part);
        if (plan == null) {
            Predicate recent = common.recent(planned.text(part));
            plan = recent == null
                    ? new ExpressionPlanner(ast, eventType, library, common, planned).planPart(part)
                    : ((PlannedExpression) recent.expression()).plan();
            planned.put(part, plan);
        }
        fields.addAll(plan.fields());
        slotsMax = Math.max(slotsMax, plan.slots());
        return plan.root();
    }

    /** @param operation as the author writes what the condition is for */
    Node condition(CelExpr expression, String operation) throws NotPlannedException {
        return asCondition(plan(expression), expression, operation);
    }

    private Node asCondition(Node node, CelExpr expression, String operation) {
        return Leaves.asBool(node, common.operand(operation, path(expression)));
    }

    private Node function(CelExpr expression) throws NotPlannedException {
        List<CelExpr> operands = new ArrayList<>();
        expression.call().target().ifPresent(operands::add);
        operands.addAll(expression.call().args());
        List<Node> nodes = new ArrayList<>();
        List<Operand> failures = new ArrayList<>();
        String operation = CelMessages.operation(expression.call().function());
        for (CelExpr operand : operands) {
            nodes.add(plan(operand));
            failures.add(common.operand(operation, path(operand)));
        }
        var reference = ast.getReferenceMap().get(expression.id());
        String function = expression.call().function();
        String overload = reference != null && reference.overloadIds().size() == 1
                ? reference.overloadIds().get(0)
                : function;
        CelType first =
                operands.isEmpty() ? null : ast.getTypeMap().get(operands.get(0).id());
        boolean integer = first != null && isInteger(first);
        return folded(calls.plan(new CallPlanner.Call(function, overload, nodes, failures, integer)), nodes);
    }

    private static boolean isInteger(CelType type) {
        return type instanceof NullableType nullable ? isInteger(nullable.targetType()) : type.kind() == CelKind.INT;
    }

    private Node list(CelExpr.CelList list) throws NotPlannedException {
        if (!list.optionalIndices().isEmpty()) {
            throw new NotPlannedException();
        }
        List<Node> elements = new ArrayList<>();
        for (CelExpr element : list.elements()) {
            elements.add(plan(element));
        }
        return folded(Containers.list(elements), elements);
    }

    /** Keys are texts written out, each once: no other map can fail to be built. */
    private Node map(CelExpr.CelMap map) throws NotPlannedException {
        Map<String, Node> entries = new LinkedHashMap<>();
        for (CelExpr.CelMap.Entry entry : map.entries()) {
            boolean written = entry.key().exprKind().getKind() == Kind.CONSTANT
                    && entry.key().constant().getKind() == CelConstant.Kind.STRING_VALUE;
            if (!written
                    || entry.optionalEntry()
                    || entries.put(entry.key().constant().stringValue(), plan(entry.value())) != null) {
                throw new NotPlannedException();
            }
        }
        return folded(Containers.map(entries), List.copyOf(entries.values()));
    }

    /** A node over constants only is evaluated now; one that fails stays, to fail for each event. */
    private static Node folded(Node node, List<Node> operands) {
        for (Node operand : operands) {
            if (!Leaves.isConstant(operand)) {
                return node;
            }
        }
        try {
            return Leaves.constant(node.eval(NO_EVENT, Locals.NONE));
        } catch (EvaluationException e) {
            return node;
        }
    }

    static String path(CelExpr expression) {
        return expression.exprKind().getKind() == Kind.IDENT
                ? expression.ident().name()
                : FieldPaths.path(expression)
                        .map(names -> String.join(".", names))
                        .orElse("");
    }

    /** Gives a variable a slot while what reads it is planned. */
    Scope enter(String variable) {
        Scope scope = new Scope(variable, depth, slots.get(variable));
        slots.put(variable, depth);
        depth++;
        slotsMax = Math.max(slotsMax, depth);
        return scope;
    }

    void leave(Scope scope) {
        depth--;
        if (scope.hidden == null) {
            slots.remove(scope.variable);
        } else {
            slots.put(scope.variable, scope.hidden);
        }
    }

    /** @param hidden slot of an outer variable of the same name */
    record Scope(String variable, int slot, @Nullable Integer hidden) {}
}
