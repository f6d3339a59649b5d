package dev.slotgate.web;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.PlainText;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a caller calls an item of a batch by. */
final class BatchReference {

    private static final int LONGEST = 1_000;

    private BatchReference() {}

    static @Nullable String of(@Nullable Map<String, @Nullable JsonNode> item) {
        JsonNode given = item == null ? null : item.get("reference");
        if (given == null || given.isNull()) {
            return null;
        }
        if (!given.isString()
                || given.asString().length() > LONGEST
                || !given.asString().codePoints().allMatch(PlainText::has)) {
            throw HsmException.invalidField(
                    "reference", "a text of at most " + LONGEST + " characters", "something else");
        }
        return given.asString();
    }
}
