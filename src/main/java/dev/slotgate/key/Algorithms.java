package dev.slotgate.key;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.Usage;
import dev.slotgate.hsm.WrapAlgorithm;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JOSE names of the algorithms that a key can be used with, as its usage has it. */
final class Algorithms {

    private Algorithms() {}

    /** The only ones that a key may be used with; each of them must be of use with it. */
    static @Nullable List<String> checked(
            @Nullable List<@Nullable String> wanted,
            KeyType type,
            @Nullable Integer size,
            @Nullable Curve curve,
            Usage usage) {
        if (wanted == null) {
            return null;
        }
        Set<String> fitting = fitting(type, size, curve, usage).collect(Collectors.toCollection(LinkedHashSet::new));
        if (wanted.isEmpty() || !fitting.containsAll(wanted)) {
            throw HsmException.invalidField(
                    "algorithms",
                    fitting.isEmpty() ? "no such field for this usage" : "some of " + String.join(", ", fitting),
                    Quoted.text(wanted.toString()));
        }
        return wanted.stream().map(String::valueOf).distinct().toList();
    }

    /** As the database has them. */
    static @Nullable String written(@Nullable List<String> algorithms) {
        return algorithms == null ? null : String.join(" ", algorithms);
    }

    /** As {@link #written} wrote them. */
    static @Nullable List<String> read(@Nullable String written) {
        return written == null ? null : List.of(written.split(" "));
    }

    /** Those that a key of the kind signs with. */
    static List<SignatureAlgorithm> signing(KeyType type, @Nullable Curve curve) {
        return Arrays.stream(SignatureAlgorithm.values())
                .filter(algorithm -> algorithm.fits(type, curve))
                .toList();
    }

    private static Stream<String> fitting(KeyType type, @Nullable Integer size, @Nullable Curve curve, Usage usage) {
        return switch (usage) {
            case SIGN -> signing(type, curve).stream().map(Enum::name);
            case DECRYPT -> Stream.of("RSA-OAEP", "RSA-OAEP-256");
            case ENCRYPT -> Stream.of("A" + size + "GCM");
            case WRAP ->
                Arrays.stream(WrapAlgorithm.values())
                        .filter(algorithm -> algorithm.fits(type, size))
                        .map(WrapAlgorithm::joseName);
            case DERIVE -> Stream.of("ECDH-ES");
            case MAC -> type == KeyType.AES ? Stream.of("AES-CMAC") : Stream.of("HS256", "HS384", "HS512");
        };
    }
}
