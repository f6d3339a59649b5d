package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.ImportedKey;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyOrder;
import dev.slotgate.hsm.KeyWrapping;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.hsm.UnwrappedKey;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Service;

/** Brings keys onto tokens, whichever way. */
@Service
class KeyMaker {

    private final SlotTokens tokens;
    private final Keys keys;
    private final KeyWrapping wrapping;
    private final PlannedKeys planned;
    private final KnownMetadata known;
    private final KeyListings listings;

    KeyMaker(
            SlotTokens tokens,
            Keys keys,
            KeyWrapping wrapping,
            PlannedKeys planned,
            KnownMetadata known,
            KeyListings listings) {
        this.tokens = tokens;
        this.keys = keys;
        this.wrapping = wrapping;
        this.planned = planned;
        this.known = known;
        this.listings = listings;
    }

    /** Makes the key; one that an earlier try of the same call has made is the answer. */
    KeyResponse make(SlotId slot, KeyOrder order, KeyMetadata told) {
        return make(slot, order, told, KeyPlan.toMake(order.keyClass()), UnaryOperator.identity());
    }

    /** @param then what is still done with the key before it counts as made */
    KeyResponse make(SlotId slot, KeyOrder order, KeyMetadata told, KeyPlan plan, UnaryOperator<Key> then) {
        TokenIdentity token = tokens.of(slot);
        Optional<KeyResponse> before = made(slot, token, order.id());
        if (before.isPresent()) {
            return before.get();
        }
        Key made = planned.make(token, plan, order.id(), told, () -> then.apply(onToken(slot, order)));
        listings.changed(made);
        return KeyResponse.of(made, known.of(made));
    }

    private Key onToken(SlotId slot, KeyOrder order) {
        return switch (order) {
            case NewKey key -> keys.generate(slot, key);
            case ImportedKey key -> keys.bringIn(slot, key);
            case UnwrappedKey key -> wrapping.unwrap(slot, key);
        };
    }

    /** An id is made of a caller's Idempotency-Key, or random: the metadata is there only when this was asked before. */
    private Optional<KeyResponse> made(SlotId slot, TokenIdentity token, KeyId id) {
        KeyMetadata metadata = known.changed(token.serial(), id);
        if (metadata.createdAt() == null || metadata.destroyed()) {
            return Optional.empty();
        }
        if (planned.isOpen(token, id)) {
            throw new HsmException(
                    HsmFailure.SLOT_BUSY, "What became of an earlier try of this call is not known yet.");
        }
        return Optional.of(KeyResponse.of(keys.get(slot, id), metadata));
    }
}
