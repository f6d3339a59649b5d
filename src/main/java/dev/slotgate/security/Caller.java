package dev.slotgate.security;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who calls, as the access token says. */
public record Caller(@Nullable String subject, @Nullable String client, Set<String> scopes, SlotAccess slots) {

    /** What tells this caller from others. */
    public String name() {
        return subject + " of " + client;
    }

    public boolean has(Scope scope) {
        return scopes.contains(scope.text());
    }

    public boolean mayUse(int slot) {
        return slots.includes(slot);
    }
}
