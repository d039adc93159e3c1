package dev.sluice.bench;

import dev.sluice.event.AvroEvent;
import dev.sluice.rule.Event;
import dev.sluice.rule.EventType;
import java.util.Objects;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** A payment with every field decoded: what all contenders of one comparison read, so that only their own work counts. */
final class DecodedPayment implements Event {
    static final int COUNTRY = Payments.TYPE.position("country");
    static final int MERCHANT = Payments.TYPE.position("merchant");
    static final int AMOUNT = Payments.TYPE.position("amount");

    private final @Nullable Object[] values;

    DecodedPayment(GenericRecord payment) {
        AvroEvent event = new AvroEvent(Payments.TYPE, payment);
        values = new @Nullable Object[Payments.TYPE.fields().size()];
        for (int i = 0; i < values.length; i++) {
            // Strings of their own: a constant that is the same object would make equality too cheap.
            values[i] = event.value(i) instanceof String text ? new String(text) : event.value(i);
        }
    }

    static DecodedPayment[] next(Payments payments, int count) {
        DecodedPayment[] events = new DecodedPayment[count];
        for (int i = 0; i < count; i++) {
            events[i] = new DecodedPayment(payments.next());
        }
        return events;
    }

    static String country(Event event) {
        return (String) Objects.requireNonNull(event.value(COUNTRY));
    }

    static String merchant(Event event) {
        return (String) Objects.requireNonNull(event.value(MERCHANT));
    }

    static double amount(Event event) {
        return event.doubleValue(AMOUNT);
    }

    @Override
    public EventType type() {
        return Payments.TYPE;
    }

    @Override
    public @Nullable Object value(int position) {
        return values[position];
    }
}
