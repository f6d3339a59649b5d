package dev.slotgate.security;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The scopes of access tokens; each endpoint names the ones it needs. */
public enum Scope {
    SLOTS_READ,
    SLOTS_ADMIN,
    PINS_USER,
    PINS_SO,
    PINS_ESCROW,
    KEYS_READ,
    KEYS_WRITE,
    KEYS_GRANT,
    KEYS_EXPORT,
    KEYS_DESTROY,
    CRYPTO_USE,
    CRYPTO_PUBLIC,
    AUDIT_READ,
    METRICS_READ;

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '.');

    /** As it stands in tokens, for example {@code keys.read}. */
    public String text() {
        return text;
    }

    public static List<String> all() {
        return Arrays.stream(values()).map(Scope::text).toList();
    }
}
