package dev.sluice.rule.compile;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelVariableResolver;
import dev.cel.runtime.Program;
import dev.sluice.rule.EvaluationException;
import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import dev.sluice.rule.Expression;
import dev.sluice.rule.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An expression that cel-java evaluates: the fallback for what is not planned, and the oracle for what is. */
final class CelExpression implements Expression {
    private final String source;
    private final ValueType type;
    private final EventType eventType;
    private final Program program;
    private final List<List<String>> paths;

    CelExpression(String source, ValueType type, EventType eventType, CompiledProgram compiled) {
        this.source = source;
        this.type = type;
        this.eventType = eventType;
        this.program = compiled.program();
        this.paths = compiled.paths();
    }

    /** @param paths the field paths that the expression reads, in its order */
    record CompiledProgram(Program program, List<List<String>> paths) {
        CompiledProgram {
            paths = List.copyOf(paths);
        }
    }

    @Override
    public ValueType type() {
        return type;
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public Set<String> fields() {
        Set<String> fields = new TreeSet<>();
        for (List<String> path : paths) {
            if (eventType.position(path.get(0)) >= 0) {
                fields.add(path.get(0));
            }
        }
        return fields;
    }

    @Override
    public boolean isPlanned() {
        return false;
    }

    @Override
    public @Nullable Object evaluate(Event event) throws EvaluationException {
        try {
            return CelValues.fromCel(program.eval(new Variables(event, eventType)), type);
        } catch (CelEvaluationException e) {
            throw new EvaluationException(CelFailures.reason(CelFailures.Failure.of(e), source, nullPath(event)));
        } catch (RuntimeException e) {
            throw new EvaluationException(
                    "the expression engine failed with " + e.getClass().getSimpleName());
        } catch (StackOverflowError e) {
            throw new EvaluationException("the expression nests too deep");
        }
    }

    private @Nullable String nullPath(Event event) {
        for (List<String> path : paths) {
            if (FieldPaths.isNull(event, eventType, path)) {
                return String.join(".", path);
            }
        }
        return null;
    }

    private record Variables(Event event, EventType eventType) implements CelVariableResolver {
        @Override
        public Optional<Object> find(String name) {
            int position = eventType.position(name);
            return position < 0 ? Optional.empty() : Optional.of(CelValues.toCel(event.value(position)));
        }
    }
}
