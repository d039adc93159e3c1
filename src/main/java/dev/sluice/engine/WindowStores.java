package dev.sluice.engine;

import dev.sluice.config.WindowsConfig.StoreKind;
import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes the window stores of one processor, one a task, each with a changelog topic. */
final class WindowStores implements StoreBuilder<WindowStore> {
    private final String name;
    private final StoreKind kind;
    private Map<String, String> changelog = Map.of();

    WindowStores(String name, StoreKind kind) {
        this.name = name;
        this.kind = kind;
    }

    @Override
    public WindowStore build() {
        StateRecords records = kind == StoreKind.MEMORY ? new MemoryRecords(name) : new RocksRecords(name);
        return new WindowStore(records, Changelog::topicOf);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, String> logConfig() {
        return changelog;
    }

    @Override
    public boolean loggingEnabled() {
        return true;
    }

    @Override
    public StoreBuilder<WindowStore> withLoggingEnabled(Map<String, String> config) {
        changelog = Map.copyOf(config);
        return this;
    }

    @Override
    public StoreBuilder<WindowStore> withCachingEnabled() {
        throw new UnsupportedOperationException("a window store has a cache of its own");
    }

    @Override
    public StoreBuilder<WindowStore> withCachingDisabled() {
        throw new UnsupportedOperationException("a window store has a cache of its own");
    }

    @Override
    public StoreBuilder<WindowStore> withLoggingDisabled() {
        throw new UnsupportedOperationException("state must outlive its instance");
    }
}
