package dev.slotgate.hsm;

import org.jspecify.annotations.Nullable;

/**
 * A slot and which token of its module it stands for: the one with this serial number or this label.
 *
 * @param automatic bound by the gateway, not by its configuration
 * @param serial null when the label says it
 * @param label null when the serial number says it
 * @param lastSeen what the token was when it was seen last, as far as it is known
 */
public record SlotBinding(
        SlotId id,
        boolean automatic,
        @Nullable String serial,
        @Nullable String label,
        TokenIdentity lastSeen,
        Limits limits,
        Completion completion) {

    public boolean fits(TokenIdentity token) {
        return token.module().equals(lastSeen.module())
                && (serial == null
                        ? token.label().equals(label)
                        : token.serial().equals(serial));
    }
}
