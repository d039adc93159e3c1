package dev.sluice.rule.compile;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelResolvedOverload;
import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.plan.Locals;
import dev.sluice.rule.plan.Node;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call of one of cel-java's functions, for what has no node of its own. */
final class LibraryCall extends Node {
    private final CelResolvedOverload overload;
    private final Node[] operands;
    private final String[] paths;

    /** @param paths the field path of each operand, empty text for one that is no path */
    LibraryCall(CelResolvedOverload overload, List<Node> operands, List<String> paths) {
        this.overload = overload;
        this.operands = operands.toArray(Node[]::new);
        this.paths = paths.toArray(String[]::new);
    }

    @Override
    public @Nullable Object eval(Event event, Locals locals) throws EvaluationException {
        Object[] values = new Object[operands.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = CelValues.toCel(operands[i].eval(event, locals));
        }
        try {
            return CelValues.plain(overload.invoke(values));
        } catch (CelEvaluationException e) {
            throw failure(CelFailures.Failure.of(e), values);
        } catch (RuntimeException e) {
            throw failure(CelFailures.Failure.of(e), values);
        }
    }

    private EvaluationException failure(CelFailures.Failure failure, Object[] values) {
        return new EvaluationException(
                CelFailures.reason(failure, "", nullPath(values).orElse(null)));
    }

    private Optional<String> nullPath(Object[] values) {
        for (int i = 0; i < values.length; i++) {
            if (CelValues.isNull(values[i]) && !paths[i].isEmpty()) {
                return Optional.of(paths[i]);
            }
        }
        return Optional.empty();
    }
}
