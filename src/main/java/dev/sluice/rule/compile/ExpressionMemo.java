package dev.sluice.rule.compile;

import dev.sluice.rule.Expression;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The expressions of one event type that some rule still holds, by text. Equal texts share one expression, across rules,
 * rulesets and versions; one that no rule holds any more is forgotten. Safe for many threads.
 */
final class ExpressionMemo {
    private final Map<String, Known> byText = new ConcurrentHashMap<>();
    private final ReferenceQueue<Expression> forgotten = new ReferenceQueue<>();

    private static final class Known extends WeakReference<Expression> {
        private final String text;
        private final List<Finding> findings;

        Known(String text, Expression expression, List<Finding> findings, ReferenceQueue<Expression> forgotten) {
            super(expression, forgotten);
            this.text = text;
            this.findings = findings;
        }
    }

    Optional<Checked> find(String text) {
        Known known = byText.get(text);
        if (known == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(known.get()).map(held -> new Checked(Optional.of(held), known.findings));
    }

    /** What is known of this text from now on: {@code checked}, or what another thread was first to add. */
    Checked add(String text, Checked checked) {
        for (Reference<?> gone = forgotten.poll(); gone != null; gone = forgotten.poll()) {
            byText.remove(((Known) gone).text, gone);
        }
        if (checked.expression().isEmpty()) {
            return checked;
        }
        Known added = new Known(text, checked.expression().get(), checked.findings(), forgotten);
        Known standing = byText.compute(text, (t, known) -> known == null || known.get() == null ? added : known);
        Expression first = standing.get();
        return first == null ? checked : new Checked(Optional.of(first), standing.findings);
    }
}
