package dev.sluice.topics;

import dev.sluice.config.SluiceConfig;
import dev.sluice.config.TopicSpec;
import dev.sluice.config.TopicsConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;

/** The declared topics and one cluster: a plan, and its application. Threading: one thread at a time. */
public final class Topics implements AutoCloseable {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private static final long VISIBLE_POLL_MS = 20;

    private final Admin admin;
    private final TopicsConfig declared;
    private final String bootstrapServers;
    private final long timeoutMs;

    private Topics(Admin admin, TopicsConfig declared, String bootstrapServers, Duration timeout) {
        this.admin = admin;
        this.declared = declared;
        this.bootstrapServers = bootstrapServers;
        this.timeoutMs = timeout.toMillis();
    }

    /** What was planned, and the topics that were created: none when the plan refuses. */
    public record Applied(TopicPlan plan, List<String> created) {
        public Applied {
            created = List.copyOf(created);
        }
    }

    /**
     * A connection that asks the cluster nothing yet.
     *
     * @throws ClusterUnreachableException when no name of the bootstrap servers can be resolved
     */
    public static Topics connect(SluiceConfig config, Duration timeout) {
        String servers = config.kafka().getOrDefault("bootstrap.servers", "");
        Map<String, Object> settings = new HashMap<>(config.kafka());
        String timeoutMs = Long.toString(timeout.toMillis());
        settings.put("default.api.timeout.ms", timeoutMs);
        settings.put("request.timeout.ms", timeoutMs);
        try {
            return new Topics(Admin.create(settings), config.topics(), servers, timeout);
        } catch (org.apache.kafka.common.KafkaException e) {
            if (e.getCause() instanceof org.apache.kafka.common.config.ConfigException) {
                throw new ClusterUnreachableException(servers, timeout.toMillis(), e);
            }
            throw e;
        }
    }

    /**
     * Changes nothing.
     *
     * @throws ClusterUnreachableException when no broker answers within the timeout
     * @throws TopicsException when the cluster does not allow it
     */
    public TopicPlan plan() {
        return TopicPlan.of(declared, live());
    }

    /** Creates what is missing, unless something is refused. Throws as {@link #plan} does. */
    public Applied apply() {
        TopicPlan plan = plan();
        List<String> created = new ArrayList<>();
        if (plan.refusals().isEmpty()) {
            for (TopicStep.Create step : plan.creations()) {
                if (create(step.spec())) {
                    created.add(step.topic());
                }
            }
        }
        awaitVisible(created);
        return new Applied(plan, created);
    }

    /** A broker learns of new topics a moment after the controller made them: whoever asks next should see them. */
    private void awaitVisible(List<String> created) {
        long deadline = System.nanoTime() + Duration.ofMillis(timeoutMs).toNanos();
        while (!get("list topics", admin.listTopics().names()).containsAll(created)) {
            if (System.nanoTime() > deadline) {
                throw new TopicsException("the topics " + created + " were created, but no broker shows them yet");
            }
            try {
                Thread.sleep(VISIBLE_POLL_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TopicsException("interrupted; the topics " + created + " were created", e);
            }
        }
    }

    /** The cluster's own name for itself. Throws as {@link #plan} does. */
    public String clusterId() {
        return get("ask for the cluster's id", admin.describeCluster().clusterId());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }

    /** False when another creator came first. */
    private boolean create(TopicSpec spec) {
        Optional<Short> replication = spec.replication() > 0 ? Optional.of(spec.replication()) : Optional.empty();
        NewTopic topic =
                new NewTopic(spec.name(), Optional.of(spec.partitions()), replication).configs(spec.settings());
        try {
            get("create topic " + spec.name(), admin.createTopics(Set.of(topic)).all());
            return true;
        } catch (TopicsException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw e;
        }
    }

    private Map<String, LiveTopic> live() {
        Set<String> existing =
                new HashSet<>(get("list topics", admin.listTopics().names()));
        List<String> names = TopicPlan.declared(declared).stream()
                .map(TopicSpec::name)
                .filter(existing::contains)
                .toList();
        Map<String, TopicDescription> topics =
                get("describe topics " + names, admin.describeTopics(names).allTopicNames());
        Map<String, Map<String, String>> settings = settings(names);
        return topics.values().stream()
                .map(topic -> new LiveTopic(
                        topic.name(),
                        topic.partitions().size(),
                        topic.partitions().get(0).replicas().size(),
                        settings.getOrDefault(topic.name(), Map.of())))
                .collect(Collectors.toMap(LiveTopic::name, topic -> topic));
    }

    private Map<String, Map<String, String>> settings(List<String> names) {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Map<String, String>> result = new HashMap<>();
        get(
                        "read the settings of topics " + names,
                        admin.describeConfigs(resources).all())
                .forEach((resource, config) -> result.put(resource.name(), values(config)));
        return result;
    }

    private static Map<String, String> values(Config config) {
        return config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
    }

    private <T> T get(String what, KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof TimeoutException || cause instanceof DisconnectException) {
                throw new ClusterUnreachableException(bootstrapServers, timeoutMs, cause);
            }
            String advice = cause instanceof AuthorizationException
                    ? "this user is not allowed to; grant Create, Describe and DescribeConfigs on it"
                    : String.valueOf(cause.getMessage());
            throw new TopicsException("cannot " + what + ": " + advice, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicsException("interrupted; could not " + what, e);
        }
    }
}
