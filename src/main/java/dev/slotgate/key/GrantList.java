package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyOperation;
import dev.slotgate.hsm.PlainText;
import dev.slotgate.hsm.Quoted;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may use a key, as requests and answers have it. */
record GrantList(@Nullable List<@Nullable Item> grants) {

    private static final int MAX_GRANTS = 100;
    private static final int MAX_SUBJECT = 255;

    static GrantList of(List<Grant> grants) {
        return new GrantList(grants.stream()
                .<@Nullable Item>map(grant -> new Item(grant.subject(), List.copyOf(grant.operations())))
                .toList());
    }

    /** @throws HsmException INVALID_FIELD */
    List<Grant> checked() {
        if (grants == null) {
            throw HsmException.invalidField("grants", "a list, empty for a key that everybody may use", "nothing");
        }
        if (grants.size() > MAX_GRANTS) {
            throw HsmException.invalidField(
                    "grants", "at most " + MAX_GRANTS + " grants", String.valueOf(grants.size()));
        }
        var subjects = new HashSet<String>();
        return grants.stream()
                .map(item -> {
                    if (item == null) {
                        throw HsmException.invalidField("grants", "objects", "null in it");
                    }
                    Grant grant = item.checked();
                    if (!subjects.add(grant.subject())) {
                        throw HsmException.invalidField(
                                "grants", "each subject once", Quoted.text(grant.subject()) + " twice");
                    }
                    return grant;
                })
                .toList();
    }

    /** One of them. */
    @Schema(name = "Grant")
    record Item(@Nullable String subject, @Nullable List<@Nullable String> operations) {

        private Grant checked() {
            if (subject == null
                    || subject.isBlank()
                    || subject.equals("client:")
                    || subject.length() > MAX_SUBJECT
                    || !subject.codePoints().allMatch(PlainText::has)) {
                throw HsmException.invalidField(
                        "subject",
                        "a subject, or client: and a client's id, of at most " + MAX_SUBJECT + " characters",
                        subject == null ? "nothing" : "another");
            }
            if (operations == null || operations.isEmpty()) {
                throw HsmException.invalidField("operations", "some of " + KeyOperation.words(), "nothing");
            }
            return new Grant(
                    subject, operations.stream().distinct().map(Item::operation).toList());
        }

        private static String operation(@Nullable String word) {
            if (word == null || KeyOperation.of(word).isEmpty()) {
                throw HsmException.invalidField(
                        "operations", "some of " + KeyOperation.words(), word == null ? "null" : Quoted.text(word));
            }
            return word;
        }
    }
}
