package dev.sluice.config;

import dev.sluice.config.SluiceConfig.DeploymentsConfig;
import dev.sluice.config.SluiceConfig.EngineConfig;
import dev.sluice.config.WindowsConfig.StoreKind;
import dev.sluice.text.NearestName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the configuration of one process: {@code sluice.yaml}, the environment over it, options over both. */
public final class ConfigReader {
    private static final String DEFAULT_FILE = "sluice.yaml";
    private static final String DEFAULT_TOPICS = "topics.yaml";
    private static final long MOST_MS = 3650L * 24 * 3_600_000;

    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();
    private Path folder = Path.of("");

    private ConfigReader() {}

    /**
     * Never throws on bad configuration: every problem is in the result. Without a {@code topics.yaml} that was asked
     * for by name, Sluice's own topics are declared as they are by default and there is no event topic.
     */
    public static Reading<SluiceConfig> read(ConfigSources sources) {
        ConfigReader reader = new ConfigReader();
        reader.layFile(sources.file());
        reader.layEnvironment(sources.environment());
        sources.overrides().forEach((name, value) -> reader.lay(name, value, "option " + name));
        return reader.build();
    }

    private void layFile(Optional<Path> named) {
        Path file = named.orElse(Path.of(DEFAULT_FILE));
        if (named.isEmpty() && !Files.exists(file)) {
            return;
        }
        Path parent = file.getParent();
        folder = parent == null ? Path.of("") : parent;
        YamlFile.read(file, problems)
                .ifPresent(root -> root.flattened().forEach((name, setting) -> lay(name, setting)));
    }

    private void layEnvironment(Map<String, String> environment) {
        environment.forEach((variable, value) -> {
            Optional<String> name = SettingNames.ofVariable(variable);
            String place = "environment " + variable;
            if (name.isPresent()) {
                lay(name.get(), value, place);
            } else if (variable.startsWith("SLUICE_")) {
                // Only a near miss is refused: others read variables of this prefix too, Kubernetes writes some.
                NearestName.of(variable, SettingNames.variables())
                        .filter(nearest -> Math.abs(nearest.length() - variable.length()) <= 1)
                        .ifPresent(nearest -> problems.add(
                                Place.named(place).problem("unknown variable; did you mean '" + nearest + "'?")));
            }
        });
    }

    private void lay(String name, String value, String place) {
        lay(name, new Setting(value, Place.named(place)));
    }

    private void lay(String name, Setting setting) {
        if (SettingNames.isKnown(name)) {
            settings.put(name, setting);
        } else {
            problems.add(setting.place()
                    .problem("unknown setting '" + name + "'" + NearestName.hint(name, SettingNames.known())));
        }
    }

    private Reading<SluiceConfig> build() {
        String application = name(SettingNames.APPLICATION, "sluice");
        String instance = name(SettingNames.INSTANCE, host());
        EngineConfig engine = new EngineConfig(
                (int) number(SettingNames.WORKERS, 2, 1_000),
                Path.of(text(SettingNames.STATE_DIR, ".sluice/state")),
                number(SettingNames.HEARTBEAT, 1_000, 3_600_000),
                new DeploymentsConfig(number(SettingNames.SETTLE, 10_000, 3_600_000), (int)
                        number(SettingNames.VERSIONS_KEPT, 10, 10_000)),
                number(SettingNames.EVALUATION_BUDGET, 10_000, 60_000_000),
                windows(),
                under(SettingNames.STREAMS, Map.of()));
        Map<String, String> kafka = under(SettingNames.KAFKA, Map.of("bootstrap.servers", "localhost:9092"));
        Map<String, String> serde = under(SettingNames.SERDE, Map.of("schema.registry.url", "http://localhost:8081"));
        Optional<TopicsConfig> topics = topics();
        if (!problems.isEmpty() || topics.isEmpty()) {
            return Reading.refused(problems);
        }
        return Reading.of(new SluiceConfig(application, instance, kafka, serde, engine, topics.get()));
    }

    private WindowsConfig windows() {
        WindowsConfig byDefault = WindowsConfig.DEFAULT;
        return new WindowsConfig(
                storeKind(byDefault.store()),
                (int) number(SettingNames.WINDOWS_CACHE_KEYS, byDefault.cacheKeys(), 100_000_000),
                number(SettingNames.WINDOWS_IDLE_CLOSE, byDefault.idleCloseMs(), MOST_MS),
                duration(SettingNames.WINDOWS_KEEP, byDefault.keepStateOfPreviousMs()));
    }

    private StoreKind storeKind(StoreKind byDefault) {
        String name = text(SettingNames.WINDOWS_STORE, byDefault.name().toLowerCase(Locale.ROOT));
        for (StoreKind kind : StoreKind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(name)) {
                return kind;
            }
        }
        refuse(SettingNames.WINDOWS_STORE, name, "is neither memory nor rocksdb");
        return byDefault;
    }

    private long duration(String name, long byDefaultMs) {
        Setting setting = settings.get(name);
        if (setting == null) {
            return byDefaultMs;
        }
        OptionalLong ms = DurationText.ms(setting.value().strip());
        if (ms.isEmpty() || ms.getAsLong() > MOST_MS) {
            refuse(name, setting.value(), "is no duration up to 3650d, such as 30s, 90m or 1h30m");
            return byDefaultMs;
        }
        return ms.getAsLong();
    }

    private void refuse(String name, String value, String why) {
        Place place = settings.getOrDefault(name, new Setting(value, Place.named(name)))
                .place();
        problems.add(place.problem(name + ": '" + value + "' " + why));
    }

    private Optional<TopicsConfig> topics() {
        Setting named = settings.get(SettingNames.TOPICS);
        Path file = named == null ? folder.resolve(DEFAULT_TOPICS) : resolve(named);
        Optional<String> prefix = Optional.ofNullable(settings.get(SettingNames.PREFIX))
                .map(setting -> name(SettingNames.PREFIX, setting.value()));
        Reading<TopicsConfig> topics = named == null && !Files.exists(file)
                ? TopicsReader.withoutFile(prefix)
                : TopicsReader.read(file, prefix);
        problems.addAll(topics.problems());
        return topics.value();
    }

    /** A path in the file counts from the file's folder, one from elsewhere from the working folder. */
    private Path resolve(Setting path) {
        return path.place().line() > 0 ? folder.resolve(path.value()) : Path.of(path.value());
    }

    private String text(String name, String byDefault) {
        Setting setting = settings.get(name);
        if (setting == null) {
            return byDefault;
        }
        if (setting.value().isBlank()) {
            problems.add(setting.place().problem(name + " is empty; give it a value or leave it out"));
            return byDefault;
        }
        return setting.value();
    }

    private String name(String setting, String byDefault) {
        String value = text(setting, byDefault);
        if (!TopicsReader.isLegalName(value)) {
            problems.add(settings.getOrDefault(setting, new Setting(value, Place.named(setting)))
                    .place()
                    .problem(setting + ": '" + value + "' may hold only letters, digits, '.', '_' and '-'"));
        }
        return value;
    }

    private long number(String name, long byDefault, long most) {
        Setting setting = settings.get(name);
        if (setting == null) {
            return byDefault;
        }
        try {
            long value = Long.parseLong(setting.value().strip());
            if (value >= 1 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // The message below says what is wanted.
        }
        problems.add(
                setting.place().problem(name + ": '" + setting.value() + "' is not a whole number from 1 to " + most));
        return byDefault;
    }

    private Map<String, String> under(String group, Map<String, String> defaults) {
        Map<String, String> result = new HashMap<>(defaults);
        settings.forEach((name, setting) -> {
            if (name.startsWith(group)) {
                result.put(name.substring(group.length()), setting.value());
            }
        });
        return result;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "-");
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
