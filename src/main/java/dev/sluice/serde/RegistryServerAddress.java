package dev.sluice.serde;

import java.net.URI;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/** One registry URL, with its user info moved into a header. */
final class RegistryServerAddress {
    private final String base;
    private final Optional<String> authorization;

    private RegistryServerAddress(String base, Optional<String> authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    /** @throws ConfigException that does not show the URL, since it may hold a password */
    static RegistryServerAddress parse(String url, Credentials credentials) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("schema.registry.url holds an address that is not a URL");
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new ConfigException("schema.registry.url must be http(s)://HOST:PORT or mock://NAME");
        }
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        return new RegistryServerAddress(
                uri.getScheme() + "://" + uri.getHost() + port + path, credentials.authorization(uri));
    }

    URI resolve(String path) {
        return URI.create(base + path);
    }

    Optional<String> authorization() {
        return authorization;
    }

    /** The address without credentials. */
    @Override
    public String toString() {
        return base;
    }
}
