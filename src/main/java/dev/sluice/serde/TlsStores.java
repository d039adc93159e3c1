package dev.sluice.serde;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The key and trust stores for {@code https} registries: settings {@code schema.registry.ssl.*}. */
final class TlsStores {
    private static final String PREFIX = "schema.registry.ssl.";

    private final Settings settings;

    private TlsStores(Settings settings) {
        this.settings = settings;
    }

    /** Empty when no store is configured: the JVM's own trust store holds then. */
    static Optional<SSLContext> context(Settings settings) {
        boolean configured = settings.text(PREFIX + "truststore.location").isPresent()
                || settings.text(PREFIX + "keystore.location").isPresent();
        return configured ? Optional.of(new TlsStores(settings).context()) : Optional.empty();
    }

    private SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new ConfigException("the TLS settings " + PREFIX + "* cannot be used: " + e.getMessage());
        }
    }

    private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException {
        Optional<KeyStore> store = store("keystore");
        if (store.isEmpty()) {
            return null;
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(
                store.get(),
                settings.text(PREFIX + "key.password")
                        .or(() -> password("keystore"))
                        .orElse("")
                        .toCharArray());
        return factory.getKeyManagers();
    }

    private TrustManager @Nullable [] trustManagers() throws GeneralSecurityException {
        Optional<KeyStore> store = store("truststore");
        if (store.isEmpty()) {
            return null;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store.get());
        return factory.getTrustManagers();
    }

    private Optional<KeyStore> store(String which) throws GeneralSecurityException {
        Optional<String> location = settings.text(PREFIX + which + ".location");
        if (location.isEmpty()) {
            return Optional.empty();
        }
        KeyStore store =
                KeyStore.getInstance(settings.text(PREFIX + which + ".type").orElse("JKS"));
        try (InputStream in = Files.newInputStream(Path.of(location.get()))) {
            store.load(in, password(which).map(String::toCharArray).orElse(null));
            return Optional.of(store);
        } catch (IOException e) {
            throw new ConfigException("cannot read " + PREFIX + which + ".location " + location.get()
                    + ": check the file, its type and its password ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    private Optional<String> password(String which) {
        return settings.text(PREFIX + which + ".password");
    }
}
