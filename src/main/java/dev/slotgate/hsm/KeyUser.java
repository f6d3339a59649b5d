package dev.slotgate.hsm;

import org.jspecify.annotations.Nullable;

/**
 * Who wants to see or use a key.
 *
 * @param grantsKeys whether it sees every key, since it says who may use them
 */
public record KeyUser(@Nullable String subject, @Nullable String client, boolean grantsKeys) {

    private static final String CLIENT = "client:";

    /** Whether a grant to this name is one to it: its subject, or {@code client:} and its client's id. */
    public boolean isNamed(String grantee) {
        return grantee.startsWith(CLIENT) ? grantee.substring(CLIENT.length()).equals(client) : grantee.equals(subject);
    }
}
