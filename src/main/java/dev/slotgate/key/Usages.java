package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.hsm.Usage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The usages that keys can be made for. */
final class Usages {

    /** What the public half alone does, by the usage of the whole key. */
    private static final Map<Usage, String> OF_PUBLIC = Map.of(Usage.SIGN, "verify", Usage.DECRYPT, "encrypt");

    private Usages() {}

    /** The one usage of a key that the token makes. */
    static Usage ofNew(@Nullable List<@Nullable String> usage, KeyType type) {
        return among(of(type), onlyWord(usage, words(of(type))), type);
    }

    /** The one usage of a key that comes from outside: whoever has a copy of it could unwrap whatever it wrapped. */
    static Usage ofForeign(@Nullable List<@Nullable String> usage, KeyType type) {
        Set<Usage> possible = of(type).stream().filter(u -> u != Usage.WRAP).collect(Collectors.toSet());
        return among(possible, onlyWord(usage, words(possible)), type);
    }

    /** The one usage of a public key alone, by what it does or by what the whole key does. */
    static Usage ofPublic(@Nullable List<@Nullable String> usage, KeyType type) {
        Set<Usage> possible = of(type).stream().filter(OF_PUBLIC::containsKey).collect(Collectors.toSet());
        String words = possible.stream().map(OF_PUBLIC::get).sorted().collect(Collectors.joining(", "));
        String word = onlyWord(usage, words);
        return possible.stream()
                .filter(u -> u.word().equals(word) || word.equals(OF_PUBLIC.get(u)))
                .findFirst()
                .orElseThrow(() -> notAmong(words, type, word));
    }

    private static Set<Usage> of(KeyType type) {
        return switch (type) {
            case RSA -> Set.of(Usage.SIGN, Usage.DECRYPT, Usage.WRAP);
            case EC -> Set.of(Usage.SIGN, Usage.DERIVE);
            case OKP -> Set.of(Usage.SIGN);
            case AES -> Set.of(Usage.ENCRYPT, Usage.WRAP, Usage.MAC);
            case HMAC -> Set.of(Usage.MAC);
        };
    }

    private static String onlyWord(@Nullable List<@Nullable String> usage, String words) {
        if (usage == null || usage.isEmpty()) {
            throw HsmException.invalidField("usage", "a list of one of " + words, "nothing");
        }
        if (usage.size() > 1) {
            throw HsmException.inField(
                    HsmFailure.USAGE_CONFLICT, "usage", "usage: expected exactly one word, got " + usage.size());
        }
        String word = usage.getFirst();
        if (word == null) {
            throw HsmException.invalidField("usage", "a list of one of " + words, "null in it");
        }
        return word;
    }

    private static Usage among(Set<Usage> possible, String word, KeyType type) {
        return Optional.of(word)
                .flatMap(Usage::of)
                .filter(possible::contains)
                .orElseThrow(() -> notAmong(words(possible), type, word));
    }

    private static HsmException notAmong(String words, KeyType type, String word) {
        return HsmException.invalidField("usage", "one of " + words + " for a key of type " + type, Quoted.text(word));
    }

    private static String words(Set<Usage> usages) {
        return usages.stream().map(Usage::word).sorted().collect(Collectors.joining(", "));
    }
}
