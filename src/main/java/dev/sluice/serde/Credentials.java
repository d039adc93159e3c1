package dev.sluice.serde;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;

/** What goes into the {@code Authorization} header of a registry call. Never shows its contents. */
final class Credentials {
    private static final Pattern JAAS_OPTION =
            Pattern.compile("(username|password)\\s*=\\s*(?:\"((?:\\\\.|[^\"\\\\])*)\"|([^\\s;]+))");

    private final Optional<String> header;

    private Credentials(Optional<String> header) {
        this.header = header;
    }

    /** Bearer token if its source is set, else basic authentication, whose default source is the URL. */
    static Credentials from(Settings settings) {
        Optional<String> bearer = settings.text("bearer.auth.credentials.source");
        if (bearer.isPresent()) {
            if (!bearer.get().equalsIgnoreCase("STATIC_TOKEN")) {
                throw new ConfigException("bearer.auth.credentials.source must be STATIC_TOKEN");
            }
            return new Credentials(Optional.of("Bearer " + token(settings)));
        }
        String source =
                settings.text("basic.auth.credentials.source").orElse("URL").toUpperCase(Locale.ROOT);
        return switch (source) {
            case "URL" -> new Credentials(Optional.empty());
            case "USER_INFO" -> new Credentials(Optional.of(basic(settings.required("basic.auth.user.info"))));
            case "SASL_INHERIT" -> new Credentials(Optional.of(basic(fromJaas(settings.required("sasl.jaas.config")))));
            default ->
                throw new ConfigException("basic.auth.credentials.source must be URL, USER_INFO or SASL_INHERIT");
        };
    }

    /** Checked here: the HTTP client would show a token that does not fit into a header. */
    private static String token(Settings settings) {
        String token = settings.required("bearer.auth.token");
        if (!token.chars().allMatch(letter -> letter > ' ' && letter < 0x7F)) {
            throw new ConfigException("bearer.auth.token holds spaces, line breaks or letters beyond ASCII");
        }
        return token;
    }

    /** The header's value for one address: what is configured, else what stands before the address's host. */
    Optional<String> authorization(URI address) {
        if (header.isPresent()) {
            return header;
        }
        return Optional.ofNullable(address.getRawUserInfo())
                .map(userInfo -> basic(URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8)));
    }

    private static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    private static String fromJaas(String jaas) {
        Map<String, String> options = new java.util.HashMap<>();
        Matcher matcher = JAAS_OPTION.matcher(jaas);
        while (matcher.find()) {
            String quoted = matcher.group(2);
            options.put(matcher.group(1), quoted == null ? matcher.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
        }
        if (!options.containsKey("username") || !options.containsKey("password")) {
            throw new ConfigException(
                    "basic.auth.credentials.source is SASL_INHERIT, but sasl.jaas.config names no username and password");
        }
        return options.get("username") + ":" + options.get("password");
    }

    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
