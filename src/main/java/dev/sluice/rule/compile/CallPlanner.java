package dev.sluice.rule.compile;

import com.google.re2j.Pattern;
import dev.sluice.rule.plan.Arithmetic;
import dev.sluice.rule.plan.Arithmetic.Operator;
import dev.sluice.rule.plan.Comparisons;
import dev.sluice.rule.plan.Comparisons.Order;
import dev.sluice.rule.plan.Comparisons.Sides;
import dev.sluice.rule.plan.Containers;
import dev.sluice.rule.plan.Equality;
import dev.sluice.rule.plan.Failures.Operand;
import dev.sluice.rule.plan.Leaves;
import dev.sluice.rule.plan.Logic;
import dev.sluice.rule.plan.Node;
import dev.sluice.rule.plan.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Calls of operators and functions to nodes, by the overload that the checker chose. Immutable. */
final class CallPlanner {
    private static final List<String> ORDERS = List.of("less_equals_", "less_", "greater_equals_", "greater_");

    private final CelLibrary library;

    CallPlanner(CelLibrary library) {
        this.library = library;
    }

    /**
     * A call with planned operands.
     *
     * @param overload id of the one overload that fits, else the function's name
     * @param failures of each operand
     * @param integerFirst whether the first operand is an integer or null by its type
     */
    record Call(String function, String overload, List<Node> operands, List<Operand> failures, boolean integerFirst) {
        Node operand(int index) {
            return operands.get(index);
        }

        Operand failures(int index) {
            return failures.get(index);
        }

        Node bool(int index) {
            return Leaves.asBool(operand(index), failures(index));
        }

        Node integer(int index) {
            return Leaves.asLong(operand(index), failures(index));
        }

        Node number(int index) {
            return Leaves.asDouble(operand(index), failures(index));
        }

        Sides sides() {
            return new Sides(operand(0), operand(1), failures(0), failures(1));
        }

        Sides exchanged() {
            return new Sides(operand(1), operand(0), failures(1), failures(0));
        }
    }

    Node plan(Call call) throws NotPlannedException {
        return switch (call.overload()) {
            case "add_int64" -> integers(Operator.ADD, call);
            case "subtract_int64" -> integers(Operator.SUBTRACT, call);
            case "multiply_int64" -> integers(Operator.MULTIPLY, call);
            case "divide_int64" -> integers(Operator.DIVIDE, call);
            case "modulo_int64" -> integers(Operator.MODULO, call);
            case "negate_int64" -> Arithmetic.negateLong(call.integer(0));
            case "add_double" -> doubles(Operator.ADD, call);
            case "subtract_double" -> doubles(Operator.SUBTRACT, call);
            case "multiply_double" -> doubles(Operator.MULTIPLY, call);
            case "divide_double" -> doubles(Operator.DIVIDE, call);
            case "negate_double" -> Arithmetic.negateDouble(call.number(0));
            case "logical_not", "!_" -> Logic.not(call.bool(0));
            case "equals" -> Equality.of(call.operand(0), call.operand(1));
            case "not_equals" -> Logic.not(Equality.of(call.operand(0), call.operand(1)));
            case "add_string" -> Texts.concatenation(call.sides());
            case "contains_string" -> Texts.test(Texts.Test.CONTAINS, call.sides());
            case "starts_with_string" -> Texts.test(Texts.Test.STARTS_WITH, call.sides());
            case "ends_with_string" -> Texts.test(Texts.Test.ENDS_WITH, call.sides());
            case "matches", "matches_string" -> matches(call);
            case "in_list" -> inList(call);
            case "in_map" -> Containers.inMap(call.sides());
            case "index_list" -> element(call);
            case "index_map" -> Containers.entry(call.sides(), missing(call.operand(1)));
            case "size_string", "string_size", "size_list", "list_size", "size_map", "map_size" -> size(call);
            case "size_bytes", "bytes_size" -> size(call);
            default -> comparison(call);
        };
    }

    private static Node integers(Operator operator, Call call) {
        return Arithmetic.ofLongs(operator, call.integer(0), call.integer(1));
    }

    private static Node doubles(Operator operator, Call call) {
        return Arithmetic.ofDoubles(operator, call.number(0), call.number(1));
    }

    private Node comparison(Call call) throws NotPlannedException {
        return switch (call.function()) {
            case "_<_" -> comparison(Order.LESS, call, call.sides());
            case "_<=_" -> comparison(Order.LESS_OR_EQUAL, call, call.sides());
            case "_>_" -> comparison(Order.LESS, call, call.exchanged());
            case "_>=_" -> comparison(Order.LESS_OR_EQUAL, call, call.exchanged());
            default -> library(call);
        };
    }

    /** The types of the operands, such as {@code int64_double} of {@code less_equals_int64_double}. */
    private static String compared(String overload) {
        for (String order : ORDERS) {
            if (overload.startsWith(order)) {
                return overload.substring(order.length());
            }
        }
        return overload;
    }

    /** @param sides in the order of {@code <}, whichever way the author wrote them */
    private Node comparison(Order order, Call call, Sides sides) throws NotPlannedException {
        Node left = sides.left();
        Node right = sides.right();
        Operand atLeft = sides.leftFailures();
        Operand atRight = sides.rightFailures();
        boolean exchanged = call.function().startsWith("_>");
        return switch (compared(call.overload())) {
            case "int64" -> Comparisons.ofLongs(order, Leaves.asLong(left, atLeft), Leaves.asLong(right, atRight));
            case "double" ->
                Comparisons.ofDoubles(order, Leaves.asDouble(left, atLeft), Leaves.asDouble(right, atRight));
            case "int64_double" -> exchanged ? doubleLeft(order, sides) : integerLeft(order, sides);
            case "double_int64" -> exchanged ? integerLeft(order, sides) : doubleLeft(order, sides);
            case "string" -> Comparisons.ofObjects(order, sides, String.class);
            case "timestamp" -> Comparisons.ofObjects(order, sides, Instant.class);
            case "duration" -> Comparisons.ofObjects(order, sides, Duration.class);
            case "bool" -> Comparisons.ofObjects(order, sides, Boolean.class);
            default -> library(call);
        };
    }

    private static Node integerLeft(Order order, Sides sides) {
        return Comparisons.ofMixed(
                order,
                Leaves.asLong(sides.left(), sides.leftFailures()),
                Leaves.asDouble(sides.right(), sides.rightFailures()));
    }

    private static Node doubleLeft(Order order, Sides sides) {
        return Comparisons.ofMixed(
                order,
                Leaves.asDouble(sides.left(), sides.leftFailures()),
                Leaves.asLong(sides.right(), sides.rightFailures()));
    }

    private Node matches(Call call) throws NotPlannedException {
        if (Leaves.isConstant(call.operand(1)) && Leaves.constantValue(call.operand(1)) instanceof String pattern) {
            return Texts.matches(call.operand(0), call.failures(0), Pattern.compile(pattern));
        }
        return library(call);
    }

    private static Node inList(Call call) {
        if (Leaves.isConstant(call.operand(1)) && Leaves.constantValue(call.operand(1)) instanceof List<?> list) {
            if (!list.isEmpty() && list.stream().allMatch(String.class::isInstance)) {
                return Equality.oneOfTexts(
                        call.operand(0), list.stream().map(String.class::cast).toList());
            }
            if (call.integerFirst() && list.stream().allMatch(Long.class::isInstance)) {
                return Equality.oneOfLongs(
                        call.operand(0), list.stream().map(Long.class::cast).toList());
            }
        }
        return Containers.inList(call.sides());
    }

    private static Node element(Call call) {
        return Containers.element(new Sides(call.operand(0), call.integer(1), call.failures(0), call.failures(1)));
    }

    /** The key is named only when the rule's author wrote it: others come from the event. */
    private static String missing(Node key) {
        boolean written = Leaves.isConstant(key) && Leaves.constantValue(key) instanceof String;
        return written ? "no such key: " + Leaves.constantValue(key) : "no such key";
    }

    private static Node size(Call call) {
        return Containers.size(call.operand(0), call.failures(0));
    }

    private Node library(Call call) throws NotPlannedException {
        return new LibraryCall(
                library.find(call.function(), call.overload()).orElseThrow(NotPlannedException::new),
                call.operands(),
                call.failures().stream().map(Operand::path).toList());
    }
}
