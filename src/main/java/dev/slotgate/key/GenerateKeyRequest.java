package dev.slotgate.key;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.Usage;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /slots/{slot}/keys}. */
record GenerateKeyRequest(
        @Nullable String type,
        @Nullable Integer size,
        @Nullable String curve,
        @Nullable String label,
        @Nullable List<@Nullable String> usage,
        @Nullable Boolean extractable,
        @Nullable List<@Nullable String> algorithms,
        @Nullable Map<String, @Nullable String> tags) {

    private static final Map<KeyType, Set<Usage>> USAGES = Map.of(
            KeyType.RSA, Set.of(Usage.SIGN, Usage.DECRYPT, Usage.WRAP),
            KeyType.EC, Set.of(Usage.SIGN, Usage.DERIVE));

    /** The order for the token. @throws HsmException INVALID_FIELD or USAGE_CONFLICT */
    NewKey order() {
        KeySpec spec = spec();
        return new NewKey(
                KeyId.random(), KeyLabel.checked(label), spec, usage(spec.type()), Boolean.TRUE.equals(extractable));
    }

    /** The tags, checked. */
    Map<String, String> checkedTags() {
        return Tags.checked(tags);
    }

    /** The allowed algorithms, each of which must be of use with the key. */
    @Nullable
    List<String> algorithmsFor(NewKey order) {
        if (algorithms == null) {
            return null;
        }
        Set<String> fitting = order.usage() == Usage.SIGN
                ? SignatureAlgorithm.fitting(order.spec())
                        .map(Enum::name)
                        .collect(Collectors.toCollection(LinkedHashSet::new))
                : new HashSet<>();
        if (algorithms.isEmpty() || !fitting.containsAll(algorithms)) {
            throw HsmException.invalidField(
                    "algorithms",
                    fitting.isEmpty() ? "no such field for this usage" : "some of " + String.join(", ", fitting),
                    Quoted.text(algorithms.toString()));
        }
        return algorithms.stream().map(String::valueOf).distinct().toList();
    }

    private KeySpec spec() {
        return switch (type) {
            case "RSA" -> rsa();
            case "EC" -> ec();
            case null, default -> throw HsmException.invalidField("type", "RSA or EC", shown(type));
        };
    }

    private KeySpec rsa() {
        if (curve != null) {
            throw HsmException.invalidField("curve", "no such field for an RSA key", shown(curve));
        }
        if (size == null || !KeySpec.Rsa.SIZES.contains(size)) {
            throw HsmException.invalidField("size", "2048, 3072 or 4096", size == null ? "nothing" : size.toString());
        }
        return new KeySpec.Rsa(size);
    }

    private KeySpec ec() {
        if (size != null) {
            throw HsmException.invalidField("size", "no such field for an EC key", size.toString());
        }
        String curves = Arrays.stream(Curve.values()).map(Curve::jwkName).collect(Collectors.joining(", "));
        if (curve == null) {
            throw HsmException.invalidField("curve", "one of " + curves, "nothing");
        }
        return new KeySpec.Ec(Curve.named(curve)
                .orElseThrow(() -> HsmException.invalidField("curve", "one of " + curves, shown(curve))));
    }

    private Usage usage(KeyType keyType) {
        Set<Usage> possible = USAGES.getOrDefault(keyType, Set.of());
        String words = possible.stream().map(Usage::word).sorted().collect(Collectors.joining(", "));
        if (usage == null || usage.isEmpty()) {
            throw HsmException.invalidField("usage", "a list of one of " + words, "nothing");
        }
        if (usage.size() > 1) {
            throw HsmException.inField(
                    HsmFailure.USAGE_CONFLICT, "usage", "usage: expected exactly one word, got " + usage.size());
        }
        String word = usage.getFirst();
        return (word == null ? Optional.<Usage>empty() : Usage.of(word))
                .filter(possible::contains)
                .orElseThrow(() -> HsmException.invalidField(
                        "usage", "one of " + words + " for a key of type " + keyType, shown(word)));
    }

    private static String shown(@Nullable String value) {
        return value == null ? "nothing" : Quoted.text(value);
    }
}
