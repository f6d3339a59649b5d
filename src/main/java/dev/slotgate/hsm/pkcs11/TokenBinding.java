package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.TokenIdentity;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which token a slot stands for: the one of the module with this serial number or this label.
 *
 * @param automatic bound by the gateway, not by its configuration
 * @param lastSeen what the token was when it was seen last, as far as it is known
 */
record TokenBinding(
        SlotId id,
        boolean automatic,
        LoadedModule module,
        @Nullable String serial,
        @Nullable String label,
        TokenIdentity lastSeen) {

    static TokenBinding configured(SlotId id, LoadedModule module, @Nullable String serial, @Nullable String label) {
        var identity = new TokenIdentity(module.name(), serial == null ? "" : serial, label == null ? "" : label);
        return new TokenBinding(id, false, module, serial, label, identity);
    }

    static TokenBinding automatic(SlotId id, LoadedModule module, TokenIdentity token) {
        return new TokenBinding(id, true, module, token.serial(), null, token);
    }

    /** The token among those of the module; empty when none fits, or when several do and nobody can tell which is meant. */
    Optional<BoundToken> in(List<FoundToken> tokens) {
        List<FoundToken> fitting = tokens.stream().filter(this::fits).toList();
        return fitting.size() == 1 ? Optional.of(BoundToken.of(fitting.getFirst())) : Optional.empty();
    }

    boolean fits(FoundToken token) {
        TokenIdentity identity = token.identity();
        return token.module() == module
                && (serial == null
                        ? identity.label().equals(label)
                        : identity.serial().equals(serial));
    }
}
