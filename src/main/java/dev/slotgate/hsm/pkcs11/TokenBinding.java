package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.SlotBinding;
import java.util.List;
import java.util.Optional;

/** Which token of which module a slot stands for. */
record TokenBinding(SlotBinding slot, LoadedModule module) {

    /** The token where it is now; empty when none fits, or when several do and nobody can tell which is meant. */
    Optional<BoundToken> find() {
        List<FoundToken> fitting = FoundToken.in(module).stream()
                .filter(token -> slot.fits(token.identity()))
                .toList();
        return fitting.size() == 1 ? Optional.of(BoundToken.of(fitting.getFirst())) : Optional.empty();
    }
}
