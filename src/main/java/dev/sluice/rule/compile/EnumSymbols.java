package dev.sluice.rule.compile;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.sluice.rule.EventType;
import dev.sluice.rule.ValueType;
import dev.sluice.text.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Comparisons of an enum with a text that is none of its symbols: they can never hold. */
final class EnumSymbols {
    private static final Set<String> COMPARISONS = Set.of("_==_", "_!=_", "@in");

    private final EventType eventType;
    private final CelAbstractSyntaxTree ast;

    EnumSymbols(EventType eventType, CelAbstractSyntaxTree ast) {
        this.eventType = eventType;
        this.ast = ast;
    }

    List<Finding> unknown(List<CelExpr> nodes) {
        List<Finding> findings = new ArrayList<>();
        for (CelExpr node : nodes) {
            if (node.exprKind().getKind() == Kind.CALL
                    && COMPARISONS.contains(node.call().function())
                    && node.call().args().size() == 2) {
                CelExpr left = node.call().args().get(0);
                CelExpr right = node.call().args().get(1);
                enumOf(left).ifPresent(type -> compare(type, right, findings));
                enumOf(right).ifPresent(type -> compare(type, left, findings));
            }
        }
        return findings;
    }

    private Optional<ValueType.EnumOf> enumOf(CelExpr side) {
        return FieldPaths.path(side)
                .flatMap(path -> FieldPaths.type(eventType, path))
                .map(type -> type instanceof ValueType.Nullable nullable ? nullable.type() : type)
                .filter(ValueType.EnumOf.class::isInstance)
                .map(ValueType.EnumOf.class::cast);
    }

    private void compare(ValueType.EnumOf type, CelExpr side, List<Finding> findings) {
        if (side.exprKind().getKind() == Kind.LIST) {
            side.list().elements().forEach(element -> compare(type, element, findings));
        } else if (side.exprKind().getKind() == Kind.CONSTANT
                && side.constant().getKind() == CelConstant.Kind.STRING_VALUE
                && !type.symbols().contains(side.constant().stringValue())) {
            String text = side.constant().stringValue();
            findings.add(Finding.warning(
                    "unknown-symbol",
                    ast.getSource().getPositionsMap().getOrDefault(side.id(), 0),
                    "`" + text + "` is no symbol of the enum " + type.name() + "; known are "
                            + String.join(", ", type.symbols()) + NearestName.didYouMean(text, type.symbols())));
        }
    }
}
