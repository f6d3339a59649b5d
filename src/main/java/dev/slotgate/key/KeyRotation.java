package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.SlotId;
import org.springframework.stereotype.Service;

/**
 * Makes the next version of a key: another one of its kind, which gets its label. The one before stays, for what it has
 * protected.
 */
@Service
class KeyRotation {

    private final GrantedKeys granted;
    private final KnownMetadata known;
    private final Keys keys;
    private final KeyMaker maker;
    private final KeyListings listings;

    KeyRotation(GrantedKeys granted, KnownMetadata known, Keys keys, KeyMaker maker, KeyListings listings) {
        this.granted = granted;
        this.known = known;
        this.keys = keys;
        this.maker = maker;
        this.listings = listings;
    }

    KeyResponse rotate(SlotId slot, String id, KeyUser user, KeyId nextId) {
        Key current = granted.see(slot, id, user);
        // The next version is ruled by it, so it must not be what was known a moment ago.
        KeyMetadata metadata = known.changed(current.token().serial(), current.id());
        KeyId successor = metadata.version().successor();
        if (successor != null && !successor.equals(nextId)) {
            throw KeyVersion.rotatedTo(successor);
        }
        metadata.requireEnabled();
        NewKey order = next(current, metadata, nextId);
        return maker.make(
                slot,
                order,
                metadata.ofNext(current.id()),
                KeyPlan.toRotate(current.keyClass()),
                made -> succeed(slot, current, made));
    }

    /** A next version that does not get the label is none. */
    private Key succeed(SlotId slot, Key current, Key next) {
        try {
            return handLabelOn(slot, current, next);
        } catch (HsmException e) {
            if (e.failure() != HsmFailure.OUTCOME_UNKNOWN) {
                destroy(slot, next.id(), e);
            }
            throw e;
        }
    }

    private void destroy(SlotId slot, KeyId next, HsmException refused) {
        try {
            keys.destroy(slot, next);
        } catch (HsmException e) {
            throw refused.as(HsmFailure.OUTCOME_UNKNOWN);
        }
    }

    /** Gives the label of the version before to a key that was made to be the next. @return the key as it is then */
    Key finish(SlotId slot, KeyId nextId) {
        Key next = keys.get(slot, nextId);
        KeyId previous = known.of(next).version().previous();
        return previous == null ? next : handLabelOn(slot, keys.get(slot, previous), next);
    }

    private Key handLabelOn(SlotId slot, Key current, Key next) {
        KeyVersion version = known.of(current).version();
        String label = current.label();
        if (label == null) {
            return next;
        }
        String held = version.labelHeld(label);
        Key named = keys.handLabelOn(slot, current.id(), version.labelLeft(held), next.id(), held);
        tell(slot, current.id());
        return named;
    }

    /** The label has passed on, whether the token shows it now or not. */
    private void tell(SlotId slot, KeyId left) {
        try {
            listings.changed(keys.get(slot, left));
        } catch (HsmException e) {
            listings.forget(slot);
        }
    }

    private static NewKey next(Key current, KeyMetadata metadata, KeyId id) {
        if (current.keyClass() == KeyClass.PUBLIC || current.usage().size() != 1) {
            throw HsmException.inField(
                    HsmFailure.KEY_USAGE, "key", "key: expected a whole key with one usage, got another");
        }
        return new NewKey(
                id,
                null,
                KeyKind.spec(current, metadata.sizeOf(current)),
                current.usage().iterator().next(),
                current.attributes().extractable());
    }
}
