package dev.slotgate.key;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What PKCS#11 has no place for.
 *
 * @param algorithms the only algorithms the key may be used with; null when there is no restriction
 * @param createdAt null for keys made elsewhere
 */
record KeyMetadata(
        Map<String, String> tags,
        @Nullable List<String> algorithms,
        @Nullable Instant createdAt) {

    /** Of a key that was made elsewhere. */
    static final KeyMetadata NONE = new KeyMetadata(Map.of(), null, null);
}
