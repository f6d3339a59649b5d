package dev.slotgate.security;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A caller as the API shows it.
 *
 * @param slots a list of slot ids, or {@code "*"}
 */
record WhoAmIResponse(
        @Nullable String subject,
        @Nullable String client,
        List<String> scopes,

        @Schema(
                description = "The ids of the slots that are open, or *",
                oneOf = {int[].class, String.class})
        Object slots) {

    static WhoAmIResponse of(Caller caller) {
        return new WhoAmIResponse(
                caller.subject(),
                caller.client(),
                caller.scopes().stream().sorted().toList(),
                caller.slots().all()
                        ? SlotAccess.EVERY_SLOT
                        : new TreeSet<>(caller.slots().ids()));
    }
}
