package dev.sluice.bench;

import java.util.Locale;

/** A part of the report: how it was measured, and its tables. */
record Section(Part part, String tables) {

    /** The parts of a run. JMH comes first: its JVMs are to have the machine without a broker. */
    enum Part {
        EXPRESSION("One expression, and the read of the current image", """
                One condition of three parts on the same decoded events; `read` is what an event pays for rules that can change.
                """) {
            @Override
            String run(Parts parts) throws Exception {
                return parts.expression();
            }
        },
        INDEX("Many rules on one payment", """
                Payments of twelve fields, made with a seed: Zipf countries, merchants and accounts, log-normal amounts; all
                contenders read the same 4,096 decoded ones again and again. Every rule has its own constants. EQ: `country == c &&
                amount > t`, ten rules a country; RANGE: `amount > t`, twenty thresholds within reach and the others
                above nearly all payments; PREFIX: `amount > t && merchant.startsWith(p)`, one to four
                letters; MIX: `country in [c,d] && amount > t && merchant.startsWith(l)`, forty rules a country (EQ and MIX: the
                countries grow with the rules); DENSE: as MIX on 200 countries. Thresholds are set so that one rule matches a payment
                on average, or as many as can where the rules are few; in some rows one payment in a hundred. Sluice makes the
                matches with what they emit. The hand-made index (hash on country, thresholds sorted, prefixes as a tree, the rest
                checked) and the loop only find the rules' numbers. cel-java: planner runtime, fields by a resolver. Drools: a
                session that stands open, the payment inserted, rules fired, the payment deleted. Before each measurement the
                contenders must agree on the rules that match.
                """) {
            @Override
            String run(Parts parts) throws Exception {
                return parts.index();
            }
        },
        DECODE("From bytes to fields", "") {
            @Override
            String run(Parts parts) throws Exception {
                return parts.decode();
            }
        },
        COMPILE("From text to rules", """
                `ReloadBenchmark` goes from the text of 10,000 rules of MIX to the first payment evaluated: `firstOfAJvm` in new JVMs
                that have compiled nothing, `oneRuleChanged` in a warm one with the compiler that compiled the version before.
                `CompileBenchmark` stops at compiled rules. The second table is one compiler in one JVM that reloads 10,000
                rules again and again, each time one rule with a new constant, before each row all; what is in use after forced collections.
                """) {
            @Override
            String run(Parts parts) throws Exception {
                return parts.compile();
            }
        },
        END_TO_END("From topic to alerts", """
                One JVM holds the broker and one application after the other: Sluice's engine with rules of DENSE that about 1 % of
                the payments match, or a hand-written Kafka Streams application with one filter of that shape. Both have 2 threads on
                4 partitions, the same serde, guarantee and commit interval (100 ms), and write the same alerts; else Kafka Streams is
                set as each sets it: Sluice does not let a task wait for other partitions (`max.task.idle.ms=-1`). Events a second
                once a third of the preloaded input is committed, until all is: before, the just-in-time compilers work on what the
                start needed. A pass of each to get warm, then rounds by turns. Every pass must write exactly the expected number of
                alerts. With a canary the keys are split in two halves from the first event to the last, each evaluation is timed,
                and the two versions differ in a constant of one rule. CPU is that of the evaluating threads, which a busy machine
                disturbs less than events a second.
                """) {
            @Override
            String run(Parts parts) throws Exception {
                return parts.endToEnd();
            }
        },
        WINDOWS("Windows", """
                `WindowBenchmark`, in process: a sliding window of 10 minutes, count and sum by key, exact, over 100,000 keys with 1,000
                events a second of event time, against a deque by key in a HashMap written by hand; and one key whose window of an hour
                has 100 or 100,000 events. `WindowRulesBenchmark`: 20 rules with windows, or 1,000 of which each event concerns 20, with
                as many states in all.

                The second table is the work of one task without Kafka Streams, under 5,000 events a second of random keys: ticks 20 times
                a second, commits 10 times. The window of the rule is changed; the version before is fed for a while, then its state is
                removed. Active: from the text of the new version, not yet compiled, to its first event. A step is an event with what
                time makes due before it, a tick (due windows, sweep), a commit (changes serialised and stored) or a change of rules; the
                longest of each kind after the change, then of all with the pauses of the collector taken off; the longest time that the thread
                itself worked in one; and the longest before the change.

                The third is whole applications: count and sum of payments by account and window with a changelog, at the
                defaults of exactly once, 2 threads on 4 partitions, by one rule of Sluice and by the Kafka Streams DSL. One after another
                in one JVM with the broker, in rounds; who is first changes with each round; the heap is collected before each pass; a
                pass of each to get warm does not count. Events a second from the first commit to the last; preloaded input of 1,000
                payments a second of event time from 100,000 accounts (Zipf). The ratio is the median of the rounds' ratios.
                """) {
            @Override
            String run(Parts parts) throws Exception {
                return parts.windows();
            }
        },
        SWAP("Latency while rules are swapped", """
                One engine, `sluice run` with 2 workers on 4 partitions and a heap of 2 GB, has a JVM of its own, as it is deployed;
                the broker has another, sender and receiver a third, all on the processors named above. Latency is from just
                before the producer's `send` of an event (linger 5 ms, Kafka's default) to its alert's receipt by a
                `read_committed` consumer; one rule matches every event. One steady flow in rounds of two blocks of a few seconds,
                one without swaps and one with a new version of the ruleset again and again, so that drift falls on both; how far
                the odd blocks without swaps are from the even ones tells how much a difference means. Where the machine is
                itself a guest, its host at times gives its processors to others, which takes more from latencies than swaps do: rounds in
                which that is more than 2 % of processor time are repeated, half as many as there are to be at most, and those with
                the least of it count. Each run warms up with versions until the just-in-time compilers are nearly idle, or a limit
                passes. The records of the versions are made before a block. One row counts from the moment at which an event
                should have been sent. Active means that every worker has read the version. Costs are those of the engine's
                JVM; the broker's has a concurrent collector. Exactness is checked over all events of the run: each has exactly
                the alerts of one version.
                """) {
            @Override
            String run(Parts parts) throws Exception {
                return parts.swap();
            }
        },
        FLEET("From publish to active, on a fleet", """
                Three engine processes with 2 workers each on 4 partitions, heap of 256 MB and the first tier of the just-in-time
                compiler only; broker, sender and writer in one more JVM: four processes on the processors named above. 1,000
                rules; 500 events a second, all the time. A version with one rule changed is written to the control topic, and
                when it is active on all three the next follows after up to 400 ms. From just before it is sent until the last
                instance reports that every evaluating thread has read it: all three have compiled it before any serves it
                (`activation: all`). The legs are between the times that stand on the records of the topics.
                """) {
            @Override
            String run(Parts parts) throws Exception {
                return parts.fleet();
            }
        };

        private final String title;
        private final String conditions;

        Part(String title, String conditions) {
            this.title = title;
            this.conditions = conditions;
        }

        abstract String run(Parts parts) throws Exception;

        /** As it is named on the command line: {@code end-to-end}. */
        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static Section run(Part part, Parts parts) throws Exception {
        Section section = new Section(part, part.run(parts));
        System.out.println(section.text());
        return section;
    }

    String text() {
        return "## " + part.title + "\n" + part.conditions + "\n" + tables;
    }
}
