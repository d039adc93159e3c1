package dev.sluice.serde;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/** Reads typed settings out of a client's configuration. Values never show: they may be secrets. */
final class Settings {
    private static final long MOST = 1_000_000_000;

    private final Map<String, ?> values;

    Settings(Map<String, ?> values) {
        this.values = values;
    }

    Optional<String> text(String name) {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        String text = value instanceof Password password
                ? password.value()
                : value instanceof Class<?> type ? type.getName() : value.toString();
        return text.isBlank() ? Optional.empty() : Optional.of(text.strip());
    }

    /** The items of a list, or of a comma-separated text. */
    List<String> list(String name) {
        List<String> items = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            list.forEach(item -> items.add(String.valueOf(item).strip()));
        } else {
            text(name).ifPresent(text -> items.addAll(List.of(text.split(","))));
        }
        return items.stream().map(String::strip).filter(item -> !item.isEmpty()).toList();
    }

    boolean enabled(String name) {
        return flag(name, "false");
    }

    boolean enabledByDefault(String name) {
        return flag(name, "true");
    }

    private boolean flag(String name, String otherwise) {
        return switch (text(name).orElse(otherwise).toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new ConfigException(name + " must be true or false");
        };
    }

    /** A whole number from {@code least} to a bound that keeps sums of such numbers in range. */
    long number(String name, long otherwise, long least) {
        String text = text(name).orElse(Long.toString(otherwise));
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new ConfigException(name + " must be a whole number, at least " + least);
        }
        throw new ConfigException(name + " must be from " + least + " to " + MOST);
    }

    String required(String name) {
        return text(name).orElseThrow(() -> new ConfigException(name + " is missing: set it beside value.serde"));
    }
}
