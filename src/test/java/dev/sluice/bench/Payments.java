package dev.sluice.bench;

import dev.sluice.event.AvroEventTypes;
import dev.sluice.rule.EventType;
import dev.sluice.rule.EventTypes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Made-up payments of twelve fields, the same ones for the same seed: few countries, merchants and accounts make most of
 * the payments (Zipf), amounts are log-normal. Confined to one thread.
 */
final class Payments {
    static final Schema SCHEMA = schema();
    static final EventType TYPE = AvroEventTypes.eventType(SCHEMA);
    static final EventTypes CATALOG = new EventTypes(Map.of(TYPE.name(), TYPE), Set.of());

    private static final long SEED = 20_260_101;
    private static final int MERCHANTS = 20_000;
    private static final Zipf MERCHANT_RANKS = new Zipf(MERCHANTS, 1.05);
    private static final Zipf ACCOUNT_RANKS = new Zipf(100_000, 0.8);
    private static final String[] MERCHANT_NAMES = merchantNames();
    private static final double[] AMOUNTS = sortedAmounts();
    private static final String[] CURRENCIES = {"EUR", "USD", "GBP", "CHF", "JPY", "SEK"};
    private static final String[] CHANNELS = {"card", "transfer", "wallet", "debit"};
    private static final long FIRST_PAID_AT = 1_767_225_600_000L;

    private final Random random = new Random(SEED);
    private final Zipf countryRanks;
    private long number;

    Payments(int countries) {
        this.countryRanks = new Zipf(countries, 1.0);
    }

    int countries() {
        return countryRanks.ranks();
    }

    GenericRecord next() {
        GenericRecord payment = new GenericData.Record(SCHEMA);
        int account = ACCOUNT_RANKS.next(random);
        payment.put("id", "%016x%016x".formatted(random.nextLong(), number));
        payment.put("account", account(account));
        payment.put("country", country(countryRanks.next(random)));
        payment.put("merchant", merchant(MERCHANT_RANKS.next(random)));
        payment.put("currency", CURRENCIES[account % CURRENCIES.length]);
        payment.put("channel", CHANNELS[random.nextInt(CHANNELS.length)]);
        payment.put("amount", amount(random));
        payment.put("balance", amount(random) * 20);
        payment.put("number", number);
        payment.put("paid_at", FIRST_PAID_AT + number++);
        payment.put("online", random.nextInt(3) == 0);
        payment.put("first_use", random.nextInt(50) == 0);
        return payment;
    }

    private static String account(int rank) {
        return "AT%020d".formatted(rank * 7_919L);
    }

    /** A code of as many letters as the number of countries needs, two at least. */
    String country(int rank) {
        int letters = countries() > 676 ? 3 : 2;
        char[] code = new char[letters];
        int rest = rank;
        for (int i = letters - 1; i >= 0; i--) {
            code[i] = (char) ('A' + rest % 26);
            rest /= 26;
        }
        return new String(code);
    }

    /** The part of all payments that come from a country. */
    double countryShare(int rank) {
        return countryRanks.share(rank);
    }

    static int merchants() {
        return MERCHANTS;
    }

    static String merchant(int rank) {
        return MERCHANT_NAMES[rank];
    }

    /** The part of all payments that go to a merchant whose name begins so. */
    static double prefixShare(String prefix) {
        double share = 0;
        for (int rank = 0; rank < MERCHANTS; rank++) {
            share += MERCHANT_NAMES[rank].startsWith(prefix) ? MERCHANT_RANKS.share(rank) : 0;
        }
        return share;
    }

    /** The amount that a given part of all payments is above, in cents of precision that no two parts share. */
    static double amountAboveOf(double share) {
        double place = (1 - share) * (AMOUNTS.length - 1);
        int below = Math.min(AMOUNTS.length - 2, (int) place);
        return AMOUNTS[below] + (place - below) * (AMOUNTS[below + 1] - AMOUNTS[below]);
    }

    private static double amount(Random random) {
        return Math.round(Math.exp(3.5 + 1.2 * random.nextGaussian()) * 100) / 100.0;
    }

    private static double[] sortedAmounts() {
        Random random = new Random(SEED + 1);
        double[] amounts = random.doubles(200_000).map(x -> amount(random)).toArray();
        Arrays.sort(amounts);
        return amounts;
    }

    private static String[] merchantNames() {
        Random random = new Random(SEED + 2);
        String[] names = new String[MERCHANTS];
        for (int rank = 0; rank < MERCHANTS; rank++) {
            StringBuilder name = new StringBuilder();
            int syllables = 3 + random.nextInt(3);
            for (int i = 0; i < syllables; i++) {
                name.append("bcdfghklmnprstvz".charAt(random.nextInt(16)));
                name.append("aeiou".charAt(random.nextInt(5)));
            }
            names[rank] = name.append(' ').append(rank % 97).toString();
        }
        return names;
    }

    private static Schema schema() {
        try (InputStream text = Payments.class.getResourceAsStream("/bench/Payment.avsc")) {
            return new Schema.Parser().parse(text);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema of the payments is not readable", e);
        }
    }
}
