package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Quoted;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A merge patch of a key (RFC 7396): what is absent stays as it is, null takes away.
 *
 * @param label a label cannot be taken away
 * @param tags the tags to set, null for those to take away; {@code removesTags} for all of them
 */
record KeyPatch(
        @Nullable String label,
        @Nullable Map<String, @Nullable String> tags,
        boolean removesTags,
        @Nullable KeyState state) {

    private static final Set<String> FIELDS = Set.of("label", "tags", "state");

    /** @throws HsmException INVALID_FIELD */
    static KeyPatch of(JsonNode body) {
        if (!body.isObject()) {
            throw HsmException.invalidField("body", "an object", "something else");
        }
        body.propertyNames().stream()
                .filter(name -> !FIELDS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw HsmException.invalidField(
                            Quoted.bare(name), "label, tags or state", "a field that is none of them");
                });
        JsonNode tags = body.get("tags");
        return new KeyPatch(
                label(body.get("label")), tags(tags), tags != null && tags.isNull(), state(body.get("state")));
    }

    /** Whether nothing is to be noted in the database. */
    boolean isOfLabelAlone() {
        return tags == null && !removesTags && state == null;
    }

    /** The tags that are to be there, or null when they stay as they are. */
    @Nullable
    Map<String, String> tagsOver(Map<String, String> before) {
        if (removesTags) {
            return Map.of();
        }
        if (tags == null) {
            return null;
        }
        Map<String, @Nullable String> all = new HashMap<>(before);
        all.putAll(tags);
        all.values().removeIf(Objects::isNull);
        return Tags.checked(all);
    }

    private static @Nullable String label(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        if (!node.isString()) {
            throw HsmException.invalidField("label", "a string", "something else");
        }
        return KeyLabel.checked(node.asString());
    }

    private static @Nullable Map<String, @Nullable String> tags(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isObject()) {
            throw HsmException.invalidField("tags", "an object", "something else");
        }
        Map<String, @Nullable String> tags = new HashMap<>();
        node.properties().forEach(tag -> {
            if (!tag.getValue().isNull() && !tag.getValue().isString()) {
                throw HsmException.invalidField("tags", "strings as values", "something else");
            }
            tags.put(
                    tag.getKey(),
                    tag.getValue().isNull() ? null : tag.getValue().asString());
        });
        return tags;
    }

    private static @Nullable KeyState state(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        if (!node.isString()) {
            throw HsmException.invalidField("state", "enabled or disabled", "something else");
        }
        String word = node.asString();
        return KeyState.of(word)
                .filter(state -> state != KeyState.PENDING_DESTRUCTION)
                .orElseThrow(() -> HsmException.invalidField("state", "enabled or disabled", Quoted.text(word)));
    }
}
