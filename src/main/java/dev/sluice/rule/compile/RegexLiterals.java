package dev.sluice.rule.compile;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.ArrayList;
import java.util.List;

/** Regular expressions: written as literals only, and tried with the engine that will run them. */
final class RegexLiterals {
    /** Nested repetitions multiply: past this the engine would spend memory on a program that is refused anyway. */
    private static final double REPETITIONS_MAX = 100_000;

    private static final Pattern COUNTED = Pattern.compile("\\{(\\d+)(?:,(\\d*))?\\}");

    private final CelAbstractSyntaxTree ast;
    private final int programSizeMax;

    RegexLiterals(CelAbstractSyntaxTree ast, int programSizeMax) {
        this.ast = ast;
        this.programSizeMax = programSizeMax;
    }

    List<Finding> refused(List<CelExpr> nodes) {
        List<Finding> findings = new ArrayList<>();
        for (CelExpr node : nodes) {
            if (node.exprKind().getKind() == Kind.CALL
                    && node.call().function().equals("matches")
                    && !node.call().args().isEmpty()) {
                check(node.call().args().get(node.call().args().size() - 1), findings);
            }
        }
        return findings;
    }

    private void check(CelExpr pattern, List<Finding> findings) {
        int offset = ast.getSource().getPositionsMap().getOrDefault(pattern.id(), 0);
        if (pattern.exprKind().getKind() != Kind.CONSTANT
                || pattern.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
            // A pattern made at run time, perhaps from an event, could use up the memory of the process.
            findings.add(Finding.error(
                    "invalid-expression", offset, "the pattern of `matches` must be written out as one text literal"));
            return;
        }
        String text = pattern.constant().stringValue();
        try {
            if (repetitions(text) > REPETITIONS_MAX || Pattern.compile(text).programSize() > programSizeMax) {
                findings.add(Finding.error(
                        "invalid-literal", offset, "this regular expression is too large; use smaller repetitions"));
            }
        } catch (PatternSyntaxException e) {
            findings.add(Finding.error(
                    "invalid-literal",
                    offset,
                    "this is no regular expression of RE2: " + e.getDescription() + ": " + e.getPattern()));
        }
    }

    /** The product of all counted repetitions, the most to which they can blow up the pattern. */
    private static double repetitions(String pattern) {
        double product = 1;
        Matcher counted = COUNTED.matcher(pattern);
        while (counted.find()) {
            String most = counted.group(2);
            String count = most == null || most.isEmpty() ? counted.group(1) : most;
            product *= Math.max(1, Double.parseDouble(count));
        }
        return product;
    }
}
