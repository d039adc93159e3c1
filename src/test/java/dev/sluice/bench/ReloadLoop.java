package dev.sluice.bench;

import dev.sluice.evaluation.Evaluator;
import dev.sluice.evaluation.RuleIndexes;
import dev.sluice.rule.compile.RuleCompiler;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One version after another of a large ruleset through one compiler, and what stays in memory: each version changes one
 * rule, each hundredth every rule, and none brings back a constant. Runs in the calling JVM.
 */
final class ReloadLoop {
    private static final int EVENTS = 256;
    private static final int STEPS = 10;

    private final Length length;
    private final Evaluator evaluator = new Evaluator();
    private RuleIndexes active = RuleIndexes.NONE;

    /**
     * How much.
     *
     * @param limit no reload begins after it
     */
    record Length(int rules, int reloads, Duration limit) {
        static final Length FULL = new Length(10_000, 1_000, Duration.ofMinutes(4));
        static final Length QUICK = new Length(10_000, 100, Duration.ofSeconds(15));
    }

    /**
     * What was in use after a forced collection.
     *
     * @param reloads done before
     * @param ms time of the reload that took the middle place since the last memory
     */
    record Memory(int reloads, double heapMb, double metaspaceMb, long classes, double ms) {}

    ReloadLoop(Length length) {
        this.length = length;
    }

    /** The first entry is of the compiler with one version in use. */
    List<Memory> run() {
        RuleSample sample = RuleSample.of(RuleMix.MIX, length.rules(), 1, EVENTS);
        RuleVersions versions = new RuleVersions(sample.rules());
        RuleCompiler compiler = new RuleCompiler(Payments.CATALOG);
        List<Memory> memories = new ArrayList<>();
        long begin = System.nanoTime();
        int every = Math.max(1, length.reloads() / STEPS);
        List<Double> times = new ArrayList<>();
        active = install(sample, compiler, versions.text(), 1);
        memories.add(memory(0, times));
        int done = 0;
        while (done < length.reloads()
                && System.nanoTime() - begin < length.limit().toNanos()) {
            done++;
            String text = done % every == 0 ? versions.changeAll() : versions.changeOne();
            long start = System.nanoTime();
            active = install(sample, compiler, text, done + 1);
            times.add((System.nanoTime() - start) / 1e6);
            if (done % every == 0) {
                memories.add(memory(done, times));
                times.clear();
            }
        }
        if (!times.isEmpty()) {
            memories.add(memory(done, times));
        }
        if (active.rulesets().byName().isEmpty()) {
            throw new IllegalStateException("the last version must be in use to the end");
        }
        return memories;
    }

    private RuleIndexes install(RuleSample sample, RuleCompiler compiler, String text, long version) {
        RuleIndexes next = RuleSample.active(active, compiler.compile(text), version);
        for (DecodedPayment event : sample.events()) {
            RuleSample.numbers(evaluator.evaluate(next, event));
        }
        return next;
    }

    private static Memory memory(int reloads, List<Double> times) {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Memory memory = new Memory(
                reloads,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6,
                metaspaceBytes() / 1e6,
                ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
                times.stream().sorted().skip(times.size() / 2).findFirst().orElse(0.0));
        System.out.printf(
                "%,d reloads: heap %.1f MB, metaspace %.1f MB, %,d classes, %.1f ms a reload%n",
                memory.reloads(), memory.heapMb(), memory.metaspaceMb(), memory.classes(), memory.ms());
        return memory;
    }

    private static long metaspaceBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .mapToLong(pool -> pool.getUsage().getUsed())
                .sum();
    }

    /** For one run by itself; {@code quick} for a short one. */
    public static void main(String[] args) {
        new ReloadLoop(List.of(args).contains("quick") ? Length.QUICK : Length.FULL).run();
    }
}
