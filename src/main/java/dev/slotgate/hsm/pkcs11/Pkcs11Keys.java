package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.SlotId;
import java.util.List;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/** The keys of the bound slots. */
final class Pkcs11Keys implements Keys {

    private final BoundSlots slots;
    private final KeyGeneration generation = new KeyGeneration();

    Pkcs11Keys(BoundSlots slots) {
        this.slots = slots;
    }

    @Override
    public Key generate(SlotId slot, NewKey order) {
        BoundSlot bound = slots.bound(slot);
        return bound.change((session, nowChanging) -> generation.generate(session, bound, order, nowChanging));
    }

    @Override
    public List<Key> list(SlotId slot) {
        BoundSlot bound = slots.bound(slot);
        return bound.read(session -> bound.keys().all(session));
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
                .orElseGet(() -> bound.read(session -> bound.keys().find(session, idOrLabel)));
    }

    @Override
    public boolean settle(SlotId slot, KeyId key) {
        BoundSlot bound = slots.bound(slot);
        bound.refuseWhileCallsHang();
        return bound.read(session -> {
            try {
                return isWhole(bound.keys().get(session, key)) || destroy(bound, session, key);
            } catch (HsmException e) {
                if (e.failure() == HsmFailure.KEY_NOT_FOUND) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** Whether it is what a generation makes: both halves, hidden, for one purpose. */
    private static boolean isWhole(Key key) {
        return (key.keyClass() == KeyClass.SECRET || (key.keyClass() == KeyClass.PRIVATE && key.publicKey() != null))
                && key.attributes().sensitive()
                && key.usage().size() == 1;
    }

    private static boolean destroy(BoundSlot bound, Session session, KeyId key) throws TokenException {
        KeyLookup.destroy(session, key);
        bound.keys().cache().forget(key);
        return false;
    }
}
