package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rules for tags: at most 50, names of 1 to 128 characters, values of at most 256. */
final class Tags {

    private static final int MAX_TAGS = 50;
    private static final int MAX_NAME = 128;
    private static final int MAX_VALUE = 256;

    private Tags() {}

    static Map<String, String> checked(@Nullable Map<String, @Nullable String> tags) {
        if (tags == null) {
            return Map.of();
        }
        if (tags.size() > MAX_TAGS) {
            throw HsmException.invalidField("tags", "at most " + MAX_TAGS + " tags", tags.size() + " tags");
        }
        var checked = new TreeMap<String, String>();
        tags.forEach((name, value) -> {
            if (name.isEmpty() || name.length() > MAX_NAME) {
                throw HsmException.invalidField(
                        "tags", "names of 1 to " + MAX_NAME + " characters", "one of " + name.length());
            }
            if (value == null || value.length() > MAX_VALUE) {
                throw HsmException.invalidField("tags", "values of at most " + MAX_VALUE + " characters", "another");
            }
            if ((name + value).chars().anyMatch(Character::isISOControl)) {
                throw HsmException.invalidField("tags", "no control characters", "some");
            }
            checked.put(name, value);
        });
        return checked;
    }
}
