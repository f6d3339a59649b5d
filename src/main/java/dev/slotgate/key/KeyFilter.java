package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.hsm.Usage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a list of keys is narrowed to; what is absent does not narrow.
 *
 * @param label the whole label
 * @param prefix what the label begins with
 * @param tag a tag's name, or name and value with {@code =} between them
 */
record KeyFilter(
        @Nullable String label,
        @Nullable String prefix,
        @Nullable String type,
        @Nullable String usage,
        @Nullable String tag) {

    KeyFilter {
        requireOneOf(
                "type", type, Arrays.stream(KeyType.values()).map(Enum::name).toList());
        requireOneOf(
                "usage", usage, Arrays.stream(Usage.values()).map(Usage::word).toList());
    }

    boolean fits(Key key, KeyMetadata metadata) {
        return (label == null || label.equals(key.label()))
                && (prefix == null || (key.label() != null && key.label().startsWith(prefix)))
                && (type == null || type.equals(key.type().name()))
                && (usage == null || key.usage().stream().anyMatch(u -> u.word().equals(usage)))
                && (tag == null || hasTag(tag, metadata.tags()));
    }

    private static void requireOneOf(String parameter, @Nullable String value, List<String> words) {
        if (value != null && !words.contains(value)) {
            throw HsmException.invalidField(parameter, "one of " + String.join(", ", words), Quoted.text(value));
        }
    }

    private static boolean hasTag(String wanted, Map<String, String> tags) {
        int equals = wanted.indexOf('=');
        if (equals < 0) {
            return tags.containsKey(wanted);
        }
        return wanted.substring(equals + 1).equals(tags.get(wanted.substring(0, equals)));
    }
}
