package dev.sluice.rule.compile;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.sluice.rule.Timer;
import dev.sluice.rule.Timer.Figure;
import dev.sluice.text.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The figures of pools in the expressions of timer rules. A call such as {@code pool_queue('main')} is no function but a
 * name: that of the field of {@link Timer#SCOPE} which has the figure.
 */
final class PoolFunctions {
    static final List<CelMacro> MACROS =
            Arrays.stream(Figure.values()).map(PoolFunctions::macro).toList();
    static final List<String> NAMES =
            Arrays.stream(Figure.values()).map(Figure::function).toList();

    private static final Pattern NO_NAME = Pattern.compile("(pool_[a-z]+) without a name");
    private static final Pattern NO_POOL = Pattern.compile("no pool (.*)", Pattern.DOTALL);

    private PoolFunctions() {}

    private static CelMacro macro(Figure figure) {
        return CelMacro.newGlobalVarArgMacro(
                figure.function(), (factory, target, arguments) -> Optional.of(named(figure, factory, arguments)));
    }

    private static CelExpr named(Figure figure, CelMacroExprFactory factory, ImmutableList<CelExpr> arguments) {
        Optional<String> pool = arguments.size() == 1 ? text(arguments.get(0)) : Optional.empty();
        if (pool.isEmpty()) {
            return factory.reportError(figure.function() + " without a name");
        }
        if (!Timer.POOLS.contains(pool.get())) {
            return factory.reportError(
                    CelIssue.formatError(factory.getSourceLocation(arguments.get(0)), "no pool " + pool.get()));
        }
        return factory.newIdentifier(figure.field(pool.get()));
    }

    private static Optional<String> text(CelExpr argument) {
        return argument.exprKind().getKind() == Kind.CONSTANT
                        && argument.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(argument.constant().stringValue())
                : Optional.empty();
    }

    /** The function that an issue says was called without the name of a pool. */
    static Optional<String> withoutName(String issue) {
        Matcher own = NO_NAME.matcher(issue);
        return own.matches() ? Optional.of(own.group(1)) : Optional.empty();
    }

    static String needsName(String function) {
        return "`" + function + "` needs the name of a pool as a text, such as `" + function + "('" + Timer.POOLS.get(0)
                + "')`";
    }

    /** The name of a pool that there is not, as an issue says. */
    static Optional<String> unknownPool(String issue) {
        Matcher own = NO_POOL.matcher(issue);
        return own.matches() ? Optional.of(own.group(1)) : Optional.empty();
    }

    static String noPool(String name) {
        return "there is no pool `" + Names.shortened(name) + "`" + NearestName.hint(name, Timer.POOLS);
    }
}
