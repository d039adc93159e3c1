package dev.sluice.engine;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Lets all RocksDB stores of the process share one amount of memory outside of the heap. By itself each store takes up to a
 * hundred megabytes, and there is one for each event topic and partition.
 *
 * <p>Kafka Streams makes one of these for each store; the memory is never given back, since other stores may use it.
 */
public final class RocksLimits implements RocksDBConfigSetter {
    private static final long MEMORY_BYTES = 128L << 20;
    private static final long WRITE_BUFFER_BYTES = 48L << 20;

    /** Made with the first store: the class is loaded with the settings, where no native library may be needed. */
    private static final class Shared {
        static final Cache CACHE = new LRUCache(MEMORY_BYTES);
        /** Counted in the cache. */
        static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);
    }

    @Override
    public void setConfig(String store, Options options, Map<String, Object> settings) {
        if (options.tableFormatConfig() instanceof BlockBasedTableConfig table) {
            table.setBlockCache(Shared.CACHE);
            table.setCacheIndexAndFilterBlocks(true);
            options.setTableFormatConfig(table);
        }
        options.setWriteBufferManager(Shared.WRITE_BUFFERS);
    }

    @Override
    public void close(String store, Options options) {
        // Nothing here belongs to one store.
    }
}
