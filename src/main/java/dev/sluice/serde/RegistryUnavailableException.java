package dev.sluice.serde;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** No registry gave a usable answer. Says nothing of the bytes: the same record may decode once a registry is back. */
public final class RegistryUnavailableException extends RegistryException {
    private static final long serialVersionUID = 1L;

    private final List<String> urls;

    RegistryUnavailableException(List<String> urls, String reason, @Nullable Throwable cause) {
        super(
                "no schema registry answered at " + String.join(", ", urls) + ": " + reason
                        + "; start it or correct schema.registry.url",
                cause);
        this.urls = List.copyOf(urls);
    }

    /** The addresses that were tried, without credentials. */
    public List<String> urls() {
        return urls;
    }
}
