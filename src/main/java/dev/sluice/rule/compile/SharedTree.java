package dev.sluice.rule.compile;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The checked syntax tree of a specimen, ready to take the literals of any expression of its shape: ids, references and
 * types stay, for they do not depend on the values of literals. Immutable.
 */
final class SharedTree {
    private final CelAbstractSyntaxTree specimen;
    private final Map<Long, Slot> slots;
    /** Ids of the nodes that are a slot or hold one. */
    private final Set<Long> changing = new HashSet<>();

    /** @param negative whether the parser drew a minus sign into the constant */
    private record Slot(int literal, boolean negative) {
        CelConstant constant(List<Object> literals) {
            Object value = literals.get(literal);
            if (value instanceof Long number) {
                return CelConstant.ofValue(negative ? -number : number);
            }
            if (value instanceof Double number) {
                return CelConstant.ofValue(negative ? -number : number);
            }
            return CelConstant.ofValue((String) value);
        }
    }

    private SharedTree(CelAbstractSyntaxTree specimen, Map<Long, Slot> slots) {
        this.specimen = specimen;
        this.slots = slots;
        mark(specimen.getExpr());
    }

    /** Empty unless each literal of the shape stands in exactly one node of its specimen's tree. */
    static Optional<SharedTree> of(CelAbstractSyntaxTree specimen, ExpressionShape shape) {
        Map<Object, Integer> wanted = new HashMap<>();
        for (int i = 0; i < shape.literals().size(); i++) {
            wanted.put(ExpressionShape.specimen(shape.literals().get(i), i), i);
        }
        Map<Long, Slot> slots = new HashMap<>();
        Set<Integer> found = new HashSet<>();
        for (CelExpr node : ExpressionNodes.of(specimen.getExpr())) {
            if (node.exprKind().getKind() == Kind.CONSTANT) {
                Optional<Slot> slot = slot(node.constant(), wanted);
                if (slot.isPresent() && !found.add(slot.get().literal())) {
                    return Optional.empty();
                }
                slot.ifPresent(s -> slots.put(node.id(), s));
            }
        }
        return found.size() == shape.literals().size() && slots.size() == found.size()
                ? Optional.of(new SharedTree(specimen, slots))
                : Optional.empty();
    }

    private static Optional<Slot> slot(CelConstant constant, Map<Object, Integer> wanted) {
        Integer plain = null;
        Integer negated = null;
        switch (constant.getKind()) {
            case INT64_VALUE -> {
                plain = wanted.get(constant.int64Value());
                negated = wanted.get(-constant.int64Value());
            }
            case DOUBLE_VALUE -> {
                plain = wanted.get(constant.doubleValue());
                negated = wanted.get(-constant.doubleValue());
            }
            case STRING_VALUE -> plain = wanted.get(constant.stringValue());
            default -> {}
        }
        if (plain != null) {
            return Optional.of(new Slot(plain, false));
        }
        return Optional.ofNullable(negated).map(literal -> new Slot(literal, true));
    }

    private boolean mark(CelExpr node) {
        boolean holds = slots.containsKey(node.id());
        for (CelExpr child : ExpressionNodes.children(node)) {
            holds |= mark(child);
        }
        if (holds) {
            changing.add(node.id());
        }
        return holds;
    }

    /** The checked tree of the expression with these literals; its source is the specimen's. */
    CelAbstractSyntaxTree with(List<Object> literals) {
        return CelAbstractSyntaxTree.newCheckedAst(
                filled(specimen.getExpr(), literals),
                specimen.getSource(),
                specimen.getReferenceMap(),
                specimen.getTypeMap());
    }

    private CelExpr filled(CelExpr node, List<Object> literals) {
        if (!changing.contains(node.id())) {
            return node;
        }
        return switch (node.exprKind().getKind()) {
            case CONSTANT -> {
                Slot slot = slots.get(node.id());
                yield slot == null ? node : CelExpr.ofConstant(node.id(), slot.constant(literals));
            }
            case SELECT ->
                CelExpr.ofSelect(
                        node.id(),
                        filled(node.select().operand(), literals),
                        node.select().field(),
                        node.select().testOnly());
            case CALL ->
                CelExpr.ofCall(
                        node.id(),
                        node.call().target().map(target -> filled(target, literals)),
                        node.call().function(),
                        filled(node.call().args(), literals));
            case LIST ->
                CelExpr.ofList(
                        node.id(),
                        filled(node.list().elements(), literals),
                        node.list().optionalIndices());
            case MAP -> CelExpr.ofMap(node.id(), entries(node.map(), literals));
            case COMPREHENSION -> loop(node, literals);
            default -> node;
        };
    }

    private ImmutableList<CelExpr> filled(List<CelExpr> nodes, List<Object> literals) {
        ImmutableList.Builder<CelExpr> filled = ImmutableList.builderWithExpectedSize(nodes.size());
        for (CelExpr node : nodes) {
            filled.add(filled(node, literals));
        }
        return filled.build();
    }

    private ImmutableList<CelExpr.CelMap.Entry> entries(CelExpr.CelMap map, List<Object> literals) {
        ImmutableList.Builder<CelExpr.CelMap.Entry> entries = ImmutableList.builder();
        for (CelExpr.CelMap.Entry entry : map.entries()) {
            entries.add(CelExpr.ofMapEntry(
                    entry.id(), filled(entry.key(), literals), filled(entry.value(), literals), entry.optionalEntry()));
        }
        return entries.build();
    }

    private CelExpr loop(CelExpr node, List<Object> literals) {
        CelExpr.CelComprehension loop = node.comprehension();
        return CelExpr.ofComprehension(
                node.id(),
                loop.iterVar(),
                loop.iterVar2(),
                filled(loop.iterRange(), literals),
                loop.accuVar(),
                filled(loop.accuInit(), literals),
                filled(loop.loopCondition(), literals),
                filled(loop.loopStep(), literals),
                filled(loop.result(), literals));
    }
}
