package dev.sluice.app;

import dev.sluice.config.EventTopic;
import dev.sluice.config.SluiceConfig;
import dev.sluice.config.TopicSpec;
import dev.sluice.engine.DataPlane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * How far a pool is behind: the end of each event partition, and of what its tasks hand over to one another, against what the
 * pool's group has committed.
 */
public final class PoolLag implements AutoCloseable {

    /**
     * One partition.
     *
     * @param committed offset of the next record to evaluate; that of the first when nothing is committed
     * @param end offset after the last record
     */
    public record Row(String group, String topic, int partition, long committed, long end) {
        public long lag() {
            return Math.max(0, end - committed);
        }
    }

    private final Admin admin;
    private final String group;
    private final List<String> topics;

    public PoolLag(SluiceConfig config) {
        this.admin = Admin.create(new HashMap<String, Object>(config.kafka()));
        this.group = config.application() + "-" + DataPlane.MAIN_POOL;
        this.topics = config.topics().events().stream()
                .map(EventTopic::topic)
                .map(TopicSpec::name)
                .toList();
    }

    /** All partitions of all event topics. @throws KafkaException when the cluster does not answer or refuses */
    public List<Row> read() {
        return rows(topics, Absent.REFUSED);
    }

    /**
     * All partitions of the topic through which events go to the task that has their key; none when no engine has made it yet.
     * Its records are events and what tasks tell of their stream time.
     *
     * @throws KafkaException when the cluster does not answer or refuses
     */
    public List<Row> handovers() {
        return rows(List.of(DataPlane.handoverTopic(group)), Absent.EMPTY);
    }

    private List<Row> rows(List<String> of, Absent absent) {
        try {
            return rows(of);
        } catch (ExecutionException e) {
            if (absent == Absent.EMPTY && e.getCause() instanceof UnknownTopicOrPartitionException) {
                return List.of();
            }
            throw new KafkaException("the lag cannot be read", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while reading the lag", e);
        }
    }

    /** What a topic is that does not exist. */
    private enum Absent {
        REFUSED,
        EMPTY
    }

    @Override
    public void close() {
        admin.close();
    }

    private List<Row> rows(List<String> of) throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = new ArrayList<>();
        for (TopicDescription topic :
                admin.describeTopics(of).allTopicNames().get().values()) {
            topic.partitions().forEach(p -> partitions.add(new TopicPartition(topic.name(), p.partition())));
        }
        partitions.sort(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition));
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
        Map<TopicPartition, Long> begins = offsets(partitions, OffsetSpec.earliest());
        List<Row> rows = new ArrayList<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata at = committed.get(partition);
            long next = at == null ? begins.getOrDefault(partition, 0L) : at.offset();
            rows.add(
                    new Row(group, partition.topic(), partition.partition(), next, ends.getOrDefault(partition, next)));
        }
        return rows;
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> spec)))
                .all()
                .get()
                .forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }
}
