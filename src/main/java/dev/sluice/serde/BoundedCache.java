package dev.sluice.serde;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A map that loads what is missing, once however many threads ask, and forgets arbitrary entries beyond its bound. A load
 * that fails is not kept: every thread that waited gets the failure, the next one loads again. When the loading thread is
 * interrupted, that concerns it alone: those that waited load themselves.
 *
 * <p>Threading: any number of threads; a hit takes no lock.
 */
final class BoundedCache<K, V> {
    private final ConcurrentHashMap<K, CompletableFuture<V>> entries = new ConcurrentHashMap<>();
    private final int bound;

    BoundedCache(int bound) {
        this.bound = bound;
    }

    V get(K key, Function<? super K, ? extends V> load) {
        return get(key, () -> load.apply(key));
    }

    V get(K key, Supplier<? extends V> load) {
        while (true) {
            CompletableFuture<V> present = entries.get(key);
            if (present == null) {
                CompletableFuture<V> mine = new CompletableFuture<>();
                present = entries.putIfAbsent(key, mine);
                if (present == null) {
                    return load(key, mine, load);
                }
            }
            try {
                return await(present);
            } catch (InterruptException e) {
                entries.remove(key, present);
            }
        }
    }

    /** The value if it is loaded; does not load and does not wait. */
    Optional<V> ifPresent(K key) {
        CompletableFuture<V> future = entries.get(key);
        if (future == null || !future.isDone() || future.isCompletedExceptionally()) {
            return Optional.empty();
        }
        return Optional.of(future.join());
    }

    /** Drops {@code value} unless another one has taken its place. */
    void forget(K key, V value) {
        entries.computeIfPresent(
                key, (k, future) -> future.isDone() && future.join().equals(value) ? null : future);
    }

    int size() {
        return entries.size();
    }

    private V load(K key, CompletableFuture<V> mine, Supplier<? extends V> load) {
        try {
            V value = load.get();
            mine.complete(value);
            trim(key);
            return value;
        } catch (RuntimeException | Error e) {
            entries.remove(key, mine);
            mine.completeExceptionally(e);
            throw e;
        }
    }

    private void trim(K newest) {
        if (entries.size() > bound) {
            entries.keySet().stream()
                    .filter(key -> !key.equals(newest))
                    .findFirst()
                    .ifPresent(entries::remove);
        }
    }

    private static <V> V await(CompletableFuture<V> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }
}
