package dev.slotgate.key;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAttributes;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A key as the API shows it. */
record KeyResponse(
        String id,
        int slot,
        String uri,
        @Nullable String label,
        String type,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer size,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String curve,
        List<String> usage,
        @Nullable List<String> algorithms,
        String state,
        @JsonProperty("class") String keyClass,
        KeyAttributes attributes,
        boolean compliant,
        List<String> complianceFindings,
        @Nullable String fingerprint,
        int version,
        @Nullable String previous,
        Map<String, String> tags,
        @Nullable Instant createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant destroyAt) {

    static KeyResponse of(Key key, KeyMetadata metadata) {
        List<String> broken = KeyPolicy.brokenBy(key);
        return new KeyResponse(
                key.id().hex(),
                key.slot().value(),
                key.uri(),
                key.label(),
                key.type().name(),
                metadata.sizeOf(key),
                key.curve() == null ? null : key.curve().jwkName(),
                key.usage().stream().map(Usage::word).toList(),
                metadata.algorithms(),
                metadata.state().word(),
                key.keyClass().name().toLowerCase(Locale.ROOT),
                key.attributes(),
                broken.isEmpty(),
                broken,
                PublicKeyFormat.fingerprint(key.publicKey()),
                metadata.version().number(),
                hex(metadata.version().previous()),
                metadata.tags(),
                metadata.createdAt(),
                metadata.destroyAt());
    }

    private static @Nullable String hex(@Nullable KeyId id) {
        return id == null ? null : id.hex();
    }
}
