package dev.sluice.rule.compile;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A syntax tree as text, one text for each tree: two parts of expressions over one event type with equal texts have equal
 * values. It reads like the language, with brackets around every operation that is an operand.
 */
final class CanonicalText {
    private CanonicalText() {}

    static String of(CelExpr expression) {
        return switch (expression.exprKind().getKind()) {
            case CONSTANT -> constant(expression.constant());
            case IDENT -> expression.ident().name();
            case SELECT -> select(expression.select());
            case CALL -> call(expression.call());
            case LIST -> "[" + list(expression.list().elements()) + "]";
            case MAP -> map(expression.map());
            case COMPREHENSION -> comprehension(expression.comprehension());
            default ->
                throw new IllegalArgumentException(
                        "no text for " + expression.exprKind().getKind());
        };
    }

    private static String constant(CelConstant constant) {
        return switch (constant.getKind()) {
            case NULL_VALUE -> "null";
            case BOOLEAN_VALUE -> String.valueOf(constant.booleanValue());
            case INT64_VALUE -> String.valueOf(constant.int64Value());
            case UINT64_VALUE -> constant.uint64Value() + "u";
            case DOUBLE_VALUE -> String.valueOf(constant.doubleValue());
            case STRING_VALUE -> quoted(constant.stringValue());
            case BYTES_VALUE ->
                "b'" + HexFormat.of().formatHex(constant.bytesValue().toByteArray()) + "'";
            default -> throw new IllegalArgumentException("no text for a constant " + constant.getKind());
        };
    }

    static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    private static String select(CelExpr.CelSelect select) {
        String path = operand(select.operand()) + "." + select.field();
        return select.testOnly() ? "has(" + path + ")" : path;
    }

    private static String call(CelExpr.CelCall call) {
        String name = CelMessages.operation(call.function());
        List<CelExpr> operands = call.args();
        if (call.target().isPresent()) {
            return operand(call.target().get()) + "." + name + "(" + list(operands) + ")";
        }
        return switch (call.function()) {
            case "_[_]" -> operand(operands.get(0)) + "[" + of(operands.get(1)) + "]";
            case "_?_:_" ->
                operand(operands.get(0)) + " ? " + operand(operands.get(1)) + " : " + operand(operands.get(2));
            case "!_", "-_" -> name + operand(operands.get(0));
            default ->
                isOperator(call)
                        ? operand(operands.get(0)) + " " + name + " " + operand(operands.get(1))
                        : name + "(" + list(operands) + ")";
        };
    }

    private static boolean isOperator(CelExpr.CelCall call) {
        return call.args().size() == 2
                && (call.function().startsWith("_") || call.function().equals("@in"));
    }

    /** In brackets when it is an operation itself. */
    private static String operand(CelExpr expression) {
        boolean operation = expression.exprKind().getKind() == Kind.CALL
                && expression.call().target().isEmpty()
                && CelMessages.operation(expression.call().function()).chars().noneMatch(Character::isLetterOrDigit);
        boolean in = expression.exprKind().getKind() == Kind.CALL
                && expression.call().function().equals("@in");
        return operation || in ? "(" + of(expression) + ")" : of(expression);
    }

    private static String list(List<CelExpr> elements) {
        return elements.stream().map(CanonicalText::of).collect(Collectors.joining(", "));
    }

    private static String map(CelExpr.CelMap map) {
        return map.entries().stream()
                .map(entry -> of(entry.key()) + ": " + of(entry.value()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** The macros {@code all} and {@code exists} as they are written; other loops with all their parts. */
    private static String comprehension(CelComprehension loop) {
        CelExpr step = loop.loopStep();
        boolean quantifier = step.exprKind().getKind() == Kind.CALL
                && loop.iterVar2().isEmpty()
                && isName(step.call().args().get(0), loop.accuVar())
                && isName(loop.result(), loop.accuVar());
        if (quantifier && step.call().function().equals("_&&_")) {
            return quantified(loop, "all");
        }
        if (quantifier && step.call().function().equals("_||_")) {
            return quantified(loop, "exists");
        }
        return operand(loop.iterRange()) + ".fold("
                + String.join(
                        ", ",
                        loop.iterVar() + loop.iterVar2(),
                        loop.accuVar() + " = " + of(loop.accuInit()),
                        of(loop.loopCondition()),
                        of(step),
                        of(loop.result()))
                + ")";
    }

    private static String quantified(CelComprehension loop, String macro) {
        String condition = of(loop.loopStep().call().args().get(1));
        return operand(loop.iterRange()) + "." + macro + "(" + loop.iterVar() + ", " + condition + ")";
    }

    private static boolean isName(CelExpr expression, String name) {
        return expression.exprKind().getKind() == Kind.IDENT
                && expression.ident().name().equals(name);
    }
}
