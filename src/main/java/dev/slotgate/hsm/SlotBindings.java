package dev.slotgate.hsm;

import java.util.List;
import java.util.Map;

/** Remembers which slot id belongs to which token, for the tokens that the configuration does not bind. */
public interface SlotBindings {

    /**
     * Answers the slot id of each token. A token that was never seen gets the next free one, in the order given; an id is
     * never given to another token.
     */
    Map<TokenIdentity, SlotId> bind(List<TokenIdentity> tokens);

    /**
     * Every token that is remembered, by slot id, with the label it last had; an empty one when none was seen. Bindings that
     * last no longer than the process remember none.
     */
    default Map<TokenIdentity, SlotId> all() {
        return Map.of();
    }
}
