package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.ImportedKey;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.SlotId;
import java.util.List;
import java.util.Optional;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/** The keys of the bound slots. */
final class Pkcs11Keys implements Keys {

    private final BoundSlots slots;
    private final KeyMaking making;
    private final KeyLabels labels;

    Pkcs11Keys(BoundSlots slots, KeyMaking making, NewLabels labels) {
        this.slots = slots;
        this.making = making;
        this.labels = new KeyLabels(labels);
    }

    @Override
    public Key generate(SlotId slot, NewKey order) {
        BoundSlot bound = slots.bound(slot);
        return bound.change(
                (session, nowChanging) -> making.make(session, bound, order, s -> generateIn(s, order), nowChanging));
    }

    private static void generateIn(Session session, NewKey order) throws TokenException {
        if (order.keyClass() == KeyClass.SECRET) {
            session.generateKey(KeyTemplates.generation(order.spec()), KeyTemplates.secret(order));
        } else {
            session.generateKeyPair(KeyTemplates.generation(order.spec()), KeyTemplates.pair(order));
        }
    }

    @Override
    public Key bringIn(SlotId slot, ImportedKey order) {
        BoundSlot bound = slots.bound(slot);
        return bound.change((session, nowChanging) ->
                making.make(session, bound, order, s -> KeyImport.create(s, order), nowChanging));
    }

    @Override
    public List<Key> list(SlotId slot) {
        return KeyListing.of(slots.bound(slot));
    }

    @Override
    public Key get(SlotId slot, KeyId key) {
        BoundSlot bound = slots.bound(slot);
        return bound.read(session -> bound.keys().get(session, key));
    }

    @Override
    public Key find(SlotId slot, String idOrLabel) {
        BoundSlot bound = slots.bound(slot);
        return bound.keys()
                .cache()
                .find(idOrLabel)
                .orElseGet(() -> bound.read(session -> {
                    // Many ask for the same key when a gateway has just started; while they waited for a session, one
                    // has found it.
                    Optional<Key> meanwhile = bound.keys().cache().find(idOrLabel);
                    return meanwhile.isPresent()
                            ? meanwhile.get()
                            : bound.keys().find(session, idOrLabel);
                }));
    }

    @Override
    public void lookAnew(SlotId slot) {
        slots.bound(slot).keys().cache().forgetAll();
    }

    @Override
    public Key relabel(SlotId slot, KeyId key, String label) {
        BoundSlot bound = slots.bound(slot);
        return bound.changeAlone((session, nowChanging) -> labels.relabel(session, bound, key, label, nowChanging));
    }

    @Override
    public Key handLabelOn(SlotId slot, KeyId key, String left, KeyId heir, String label) {
        BoundSlot bound = slots.bound(slot);
        return bound.changeAlone(
                (session, nowChanging) -> labels.handOn(session, bound, key, left, heir, label, nowChanging));
    }

    @Override
    public void destroy(SlotId slot, KeyId key) {
        BoundSlot bound = slots.bound(slot);
        bound.change((session, nowChanging) -> {
            bound.keys().fresh(session, key);
            nowChanging.run();
            destroy(bound, session, key);
            return true;
        });
    }

    @Override
    public boolean settle(SlotId slot, KeyId key, KeyClass whole) {
        BoundSlot bound = slots.bound(slot);
        bound.refuseWhileCallsHang();
        return bound.read(session -> {
            try {
                if (isWhole(bound.keys().get(session, key), whole)) {
                    return true;
                }
                destroy(bound, session, key);
                return false;
            } catch (HsmException e) {
                if (e.failure() == HsmFailure.KEY_NOT_FOUND) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** Whether it is what was to be made: all of it, hidden, for one purpose. */
    private static boolean isWhole(Key key, KeyClass whole) {
        return key.keyClass() == whole
                && (whole != KeyClass.PRIVATE || key.publicKey() != null)
                && (whole == KeyClass.PUBLIC || key.attributes().sensitive())
                && key.usage().size() == 1;
    }

    /** A token may drop its handle of an object before the object itself is gone, so it is asked again. */
    private static void destroy(BoundSlot bound, Session session, KeyId key) throws TokenException {
        KeyLookup.destroy(session, key);
        Pkcs11Certificates.destroy(session, key);
        bound.keys().cache().forget(key);
        if (!KeyLookup.withId(session, key).isEmpty()) {
            throw new HsmException(HsmFailure.OUTCOME_UNKNOWN, "The token still shows the key after it destroyed it.");
        }
    }
}
