package dev.slotgate.key;

import java.util.Map;
import java.util.function.Predicate;
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
        @Nullable String tag)
        implements Predicate<KeyResponse> {

    @Override
    public boolean test(KeyResponse key) {
        return (label == null || label.equals(key.label()))
                && (prefix == null || (key.label() != null && key.label().startsWith(prefix)))
                && (type == null || type.equals(key.type()))
                && (usage == null || key.usage().contains(usage))
                && (tag == null || hasTag(tag, key.tags()));
    }

    private static boolean hasTag(String wanted, Map<String, String> tags) {
        int equals = wanted.indexOf('=');
        if (equals < 0) {
            return tags.containsKey(wanted);
        }
        return wanted.substring(equals + 1).equals(tags.get(wanted.substring(0, equals)));
    }
}
