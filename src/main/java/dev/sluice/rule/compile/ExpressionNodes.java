package dev.sluice.rule.compile;

import com.google.common.collect.ImmutableList;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The nodes of a CEL syntax tree. */
final class ExpressionNodes {
    private ExpressionNodes() {}

    /** The node and all below it, each after those that it holds. */
    static List<CelExpr> of(CelExpr root) {
        List<CelExpr> nodes = new ArrayList<>();
        collect(root, nodes);
        return nodes;
    }

    private static void collect(CelExpr node, List<CelExpr> nodes) {
        for (CelExpr child : children(node)) {
            collect(child, nodes);
        }
        nodes.add(node);
    }

    /** The nodes that this one holds, in the order of the text. */
    static List<CelExpr> children(CelExpr node) {
        return switch (node.exprKind().getKind()) {
            case SELECT -> List.of(node.select().operand());
            case CALL -> operands(node.call());
            case LIST -> node.list().elements();
            case STRUCT ->
                node.struct().entries().stream()
                        .map(CelExpr.CelStruct.Entry::value)
                        .toList();
            case MAP ->
                node.map().entries().stream()
                        .flatMap(entry -> Stream.of(entry.key(), entry.value()))
                        .toList();
            case COMPREHENSION -> parts(node.comprehension());
            default -> List.of();
        };
    }

    private static ImmutableList<CelExpr> operands(CelExpr.CelCall call) {
        if (call.target().isEmpty()) {
            return call.args();
        }
        return ImmutableList.<CelExpr>builderWithExpectedSize(1 + call.args().size())
                .add(call.target().get())
                .addAll(call.args())
                .build();
    }

    private static List<CelExpr> parts(CelExpr.CelComprehension loop) {
        return List.of(loop.iterRange(), loop.accuInit(), loop.loopCondition(), loop.loopStep(), loop.result());
    }
}
