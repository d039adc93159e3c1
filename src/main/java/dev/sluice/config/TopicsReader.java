package dev.sluice.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code topics.yaml}: own topics, event topics with their schemas, outputs. */
public final class TopicsReader {
    private static final Pattern LEGAL_NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final String DEFAULT_PREFIX = "sluice";
    private static final int DEFAULT_PARTITIONS = 4;
    private static final int MOST_PARTITIONS = 100_000;
    private static final List<String> DECLARATION = List.of("partitions", "replication", "settings");

    private final YamlMapping root;
    private final List<ConfigProblem> problems;
    private final EventTopicReader events;
    private final Set<String> taken = new HashSet<>();
    private final Declaration defaults;

    private TopicsReader(YamlMapping root, Path folder, List<ConfigProblem> problems) {
        this.root = root;
        this.problems = problems;
        this.events = new EventTopicReader(folder, problems);
        this.defaults = root.mapping("defaults")
                .map(node -> declaration(node, new Declaration(DEFAULT_PARTITIONS, (short) -1, Map.of())))
                .orElse(new Declaration(DEFAULT_PARTITIONS, (short) -1, Map.of()));
    }

    /** What the file says of a topic apart from its name. */
    private record Declaration(int partitions, short replication, Map<String, String> settings) {}

    /**
     * Never throws on a bad file: every problem is in the result.
     *
     * @param prefix of Sluice's own topics, instead of the file's
     */
    public static Reading<TopicsConfig> read(Path file, Optional<String> prefix) {
        List<ConfigProblem> problems = new ArrayList<>();
        Path parent = file.getParent();
        Optional<YamlMapping> root = YamlFile.read(file, problems);
        if (root.isEmpty()) {
            return Reading.refused(problems);
        }
        TopicsConfig topics =
                new TopicsReader(root.get(), parent == null ? Path.of("") : parent, problems).topics(prefix);
        return problems.isEmpty() ? Reading.of(topics) : Reading.refused(problems);
    }

    /** Sluice's own topics as they are by default, and no others. */
    static Reading<TopicsConfig> withoutFile(Optional<String> prefix) {
        List<ConfigProblem> problems = new ArrayList<>();
        YamlMapping nothing = YamlMapping.empty("topics.yaml", problems);
        return Reading.of(new TopicsReader(nothing, Path.of(""), problems).topics(prefix));
    }

    static boolean isLegalName(String name) {
        return LEGAL_NAME.matcher(name).matches() && !name.matches("\\.{1,2}");
    }

    private TopicsConfig topics(Optional<String> wantedPrefix) {
        root.refuseKeysOtherThan(List.of("prefix", "defaults", "own", "events", "outputs"));
        String prefix = wantedPrefix.or(() -> root.text("prefix")).orElse(DEFAULT_PREFIX);
        checkName(prefix, root.placeOf("prefix"));
        List<EventTopic> eventTopics = new ArrayList<>();
        for (YamlMapping node : root.mappings("events")) {
            topic(node, EventTopicReader.KEYS)
                    .flatMap(topic -> events.read(node, topic))
                    .ifPresent(eventTopics::add);
        }
        List<TopicSpec> outputs = new ArrayList<>();
        for (YamlMapping node : root.mappings("outputs")) {
            topic(node, List.of("topic")).ifPresent(outputs::add);
        }
        int widest =
                eventTopics.stream().mapToInt(e -> e.topic().partitions()).max().orElse(defaults.partitions());
        return new TopicsConfig(new TopicNames(prefix), own(prefix, widest), eventTopics, outputs);
    }

    private List<TopicSpec> own(String prefix, int widest) {
        Optional<YamlMapping> own = root.mapping("own");
        own.ifPresent(node -> node.refuseKeysOtherThan(OwnTopics.NAMES));
        List<TopicSpec> result = new ArrayList<>();
        for (String name : OwnTopics.NAMES) {
            int partitions = OwnTopics.hasOnePartition(name) ? 1 : widest;
            Declaration byDefault = new Declaration(partitions, defaults.replication(), OwnTopics.settings(name));
            Optional<YamlMapping> node = own.flatMap(mapping -> mapping.mapping(name));
            node.ifPresent(mapping -> mapping.refuseKeysOtherThan(DECLARATION));
            Declaration declared =
                    node.map(mapping -> declaration(mapping, byDefault)).orElse(byDefault);
            node.ifPresent(mapping -> checkOwn(name, declared, mapping));
            TopicSpec topic = spec(prefix + "." + name, declared);
            checkFree(topic.name(), node.map(YamlMapping::place).orElse(root.placeOf("prefix")));
            result.add(topic);
        }
        return result;
    }

    private void checkOwn(String name, Declaration declared, YamlMapping node) {
        if (OwnTopics.hasOnePartition(name) && declared.partitions() != 1) {
            problems.add(node.placeOf("partitions")
                    .problem("the " + name
                            + " topic has one partition, since its order counts; leave 'partitions' out"));
        }
        if (name.equals(OwnTopics.CONTROL)
                && !"compact".equals(declared.settings().get("cleanup.policy"))) {
            problems.add(node.placeOf("settings")
                    .problem("the control topic is compacted, else rulesets are lost; leave 'cleanup.policy' out"));
        }
    }

    private Optional<TopicSpec> topic(YamlMapping node, List<String> keys) {
        List<String> known = new ArrayList<>(keys);
        known.addAll(DECLARATION);
        node.refuseKeysOtherThan(known);
        Declaration declared = declaration(node, defaults);
        Optional<String> name = node.text("topic");
        if (name.isEmpty()) {
            problems.add(node.place().problem("the key 'topic' is missing; give the topic's name"));
            return Optional.empty();
        }
        checkName(name.get(), node.placeOf("topic"));
        checkFree(name.get(), node.placeOf("topic"));
        return Optional.of(spec(name.get(), declared));
    }

    private Declaration declaration(YamlMapping node, Declaration base) {
        Map<String, String> settings = new HashMap<>(base.settings());
        node.mapping("settings")
                .ifPresent(given -> given.flattened().forEach((name, setting) -> settings.put(name, setting.value())));
        return new Declaration(
                number(node, "partitions", base.partitions(), MOST_PARTITIONS),
                (short) number(node, "replication", base.replication(), Short.MAX_VALUE),
                settings);
    }

    private int number(YamlMapping node, String key, int byDefault, int most) {
        OptionalInt given = node.integer(key);
        if (given.isPresent() && (given.getAsInt() < 1 || given.getAsInt() > most)) {
            problems.add(node.placeOf(key).problem(key + ": " + given.getAsInt() + " is not from 1 to " + most));
            return byDefault;
        }
        return given.orElse(byDefault);
    }

    private static TopicSpec spec(String name, Declaration declared) {
        return new TopicSpec(name, declared.partitions(), declared.replication(), declared.settings());
    }

    private void checkName(String name, Place place) {
        if (!isLegalName(name)) {
            problems.add(
                    place.problem("'" + name + "' is no name of a topic: at most 200 letters, digits, '.', '_', '-'"));
        }
    }

    private void checkFree(String topic, Place place) {
        if (!taken.add(topic)) {
            problems.add(place.problem("topic '" + topic + "' is declared twice; keep one of the two"));
        }
    }
}
