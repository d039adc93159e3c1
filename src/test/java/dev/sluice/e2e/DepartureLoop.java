package dev.sluice.e2e;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The rule files of the demonstration, said in Java: a plain loop over departures, without any of Sluice's code. */
final class DepartureLoop {
    private final Map<String, Trouble> troubles = new HashMap<>();

    /** A row of the departures' file, at its time or a later one. */
    record Departure(Instant at, String origin, String destination, int delay, int miles) {
        static Departure of(String row) {
            String[] columns = row.split(",", -1);
            return new Departure(
                    Instant.parse(columns[0].replace("Z", ":00Z")),
                    columns[1],
                    columns[2],
                    Integer.parseInt(columns[3]),
                    Integer.parseInt(columns[4]));
        }

        Departure later(Duration by) {
            return new Departure(at.plus(by), origin, destination, delay, miles);
        }

        String route() {
            return origin + "-" + destination;
        }
    }

    /** What is expected of one alert, but for its place in Kafka. */
    record Expected(long version, String rule, String type, String key, String fields) {
        String describe() {
            return String.join(" ", "v" + version, rule, type, key, fields);
        }
    }

    /** The late departures of an airport within six hours of its last one. */
    private static final class Trouble {
        private final List<Instant> times = new ArrayList<>();
        private final List<Integer> delays = new ArrayList<>();
        private boolean on;

        /** Whether three are reached with this one, and were not before. */
        boolean begins(Instant departed, int delay) {
            while (!times.isEmpty() && !times.get(0).isAfter(departed.minusSeconds(6 * 3600))) {
                times.remove(0);
                delays.remove(0);
            }
            times.add(departed);
            delays.add(delay);
            boolean before = on;
            on = times.size() >= 3;
            return on && !before;
        }
    }

    /** All alerts of the departure under one version. */
    List<Expected> alerts(Departure of, long version) {
        List<Expected> alerts = alone(of, version);
        alerts.addAll(inWindow(of, version));
        return alerts;
    }

    /** Those of the rules that look at each departure alone. */
    List<Expected> alone(Departure of, long version) {
        List<Expected> expected = new ArrayList<>();
        Map<String, String> fields;
        double hours = of.delay() / 60.0;
        if (of.delay() > (version == 1 ? 120 : 90) && of.miles() > 500) {
            fields = Map.of(
                    "origin",
                    of.origin(),
                    "destination",
                    of.destination(),
                    "late",
                    "" + of.delay(),
                    "hours",
                    "" + hours);
            expected.add(expect(of, version, "long-delay", "LongDelay", fields));
            if (of.delay() >= 180) {
                fields = Map.of("route", of.route(), "hours", "" + hours);
                expected.add(expect(of, version, "extreme-delay", "ExtremeDelay", fields));
            }
        }
        if (of.delay() < (version < 3 ? -10 : -15)) {
            fields = new TreeMap<>(Map.of("origin", of.origin(), "early", "" + -of.delay()));
            if (version >= 3) {
                fields.put("destination", of.destination());
            }
            expected.add(expect(of, version, "early-departure", "EarlyDeparture", fields));
        }
        if (version == 1 && (of.origin().equals("ORD") || of.origin().equals("MDW")) && of.delay() > 60) {
            String to = of.destination().toLowerCase(Locale.ROOT);
            fields = Map.of("origin", of.origin(), "destination", to, "late", "" + of.delay());
            expected.add(expect(of, version, "chicago-delay", "ChicagoDelay", fields));
        }
        int hourOfDay = of.at().atOffset(ZoneOffset.UTC).getHour();
        if (hourOfDay >= 18 && of.origin().charAt(0) == of.destination().charAt(0) && of.delay() > 30) {
            fields = Map.of("route", of.route(), "departed_at", of.at().toString());
            expected.add(expect(of, version, "evening-delay", "EveningDelay", fields));
        }
        if (version >= 2 && of.miles() < 200 && of.delay() > 45) {
            double each = (double) of.delay() / of.miles();
            fields = Map.of("origin", of.origin(), "late", "" + of.delay(), "minutes_per_mile", "" + each);
            expected.add(expect(of, version, "short-hop-delay", "ShortHopDelay", fields));
        }
        if (version == 4 && of.delay() != 0 && of.miles() / of.delay() == 1) {
            fields = Map.of("origin", of.origin(), "late", "" + of.delay(), "miles", "" + of.miles());
            expected.add(expect(of, version, "slower-than-walking", "SlowerThanWalking", fields));
        }
        return expected;
    }

    /** That of the rule with a window; called for all departures in order. */
    List<Expected> inWindow(Departure of, long version) {
        Trouble trouble = troubles.computeIfAbsent(of.origin(), airport -> new Trouble());
        if (of.delay() <= (version == 1 ? 60 : 45) || !trouble.begins(of.at(), of.delay())) {
            return List.of();
        }
        Map<String, String> fields = Map.of(
                "airport",
                of.origin(),
                "late",
                "" + trouble.times.size(),
                "worst",
                "" + Collections.max(trouble.delays));
        return List.of(expect(of, version, "airport-trouble", "AirportTrouble", fields));
    }

    private static Expected expect(Departure of, long version, String rule, String type, Map<String, String> fields) {
        return new Expected(version, rule, type, of.origin(), new TreeMap<>(fields).toString());
    }
}
