package dev.slotgate.security;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;

/**
 * Who calls, as the access token says.
 *
 * @param tokenId the token's {@code jti}
 */
public record Caller(
        @Nullable String subject,
        @Nullable String client,
        Set<String> scopes,
        SlotAccess slots,
        @Nullable String tokenId) {

    /** What tells this caller from others: no two have the same, whatever their subjects and clients are. */
    public String name() {
        return part(subject) + " of " + part(client);
    }

    private static String part(@Nullable String text) {
        return text == null ? "-" : text.length() + " " + text;
    }

    public boolean has(Scope scope) {
        return scopes.contains(scope.text());
    }

    /** @throws AccessDeniedException without the scope */
    public void require(Scope scope) {
        if (!has(scope)) {
            throw new AccessDeniedException("This call needs the scope " + scope.text() + ".");
        }
    }

    public boolean mayUse(int slot) {
        return slots.includes(slot);
    }
}
