package dev.sluice.serde;

import java.util.List;
import org.apache.kafka.common.config.ConfigException;

/** Where the registry is and how much of it is remembered. */
final class RegistrySettings {
    private static final String URL = "schema.registry.url";
    private static final String IN_PROCESS = "mock://";

    private final Settings settings;
    private final List<String> urls;

    private RegistrySettings(Settings settings, List<String> urls) {
        this.settings = settings;
        this.urls = urls;
    }

    /** @throws ConfigException when a setting is missing or cannot be */
    static RegistrySettings from(Settings settings) {
        List<String> urls = settings.list(URL);
        if (urls.isEmpty()) {
            throw new ConfigException(
                    URL + " is missing: give http(s)://HOST:PORT, or mock://NAME for a registry in this process");
        }
        long inProcess = urls.stream().filter(url -> url.startsWith(IN_PROCESS)).count();
        if (inProcess > 0 && urls.size() > 1) {
            throw new ConfigException(URL + " mixes mock:// with other addresses: give mock://NAME alone");
        }
        return new RegistrySettings(settings, urls);
    }

    SchemaRegistry open() {
        return new CachingRegistry(backend(), CacheBounds.from(settings), System::nanoTime);
    }

    private RegistryBackend backend() {
        if (urls.get(0).startsWith(IN_PROCESS)) {
            return InProcessRegistry.scope(urls.get(0).substring(IN_PROCESS.length()));
        }
        Credentials credentials = Credentials.from(settings);
        List<RegistryServerAddress> addresses = urls.stream()
                .map(url -> RegistryServerAddress.parse(url, credentials))
                .toList();
        return new HttpRegistry(
                new RegistryHttp(addresses, HttpSettings.from(settings)), HttpRegistry.Registration.from(settings));
    }
}
