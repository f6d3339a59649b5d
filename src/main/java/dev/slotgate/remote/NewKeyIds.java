package dev.slotgate.remote;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.SlotId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** The ids that clients choose for their keys: two keys of one id could not be told apart. */
@Component
class NewKeyIds {

    private final Keys keys;
    private final Set<IdOnSlot> claimed = ConcurrentHashMap.newKeySet();

    NewKeyIds(Keys keys) {
        this.keys = keys;
    }

    /** Makes a key whose id no other has. @throws CallRefused ATTRIBUTE_VALUE_INVALID when one has it, or is being made with it */
    Key make(SlotId slot, KeyId id, Supplier<Key> making) {
        var claim = new IdOnSlot(slot, id);
        if (!claimed.add(claim)) {
            throw new CallRefused(ReturnCode.ATTRIBUTE_VALUE_INVALID);
        }
        try {
            requireNew(slot, id);
            return making.get();
        } finally {
            claimed.remove(claim);
        }
    }

    private void requireNew(SlotId slot, KeyId id) {
        try {
            keys.get(slot, id);
        } catch (HsmException e) {
            if (e.failure() == HsmFailure.KEY_NOT_FOUND) {
                return;
            }
            if (e.failure() != HsmFailure.AMBIGUOUS_KEY) {
                throw e;
            }
        }
        throw new CallRefused(ReturnCode.ATTRIBUTE_VALUE_INVALID);
    }

    private record IdOnSlot(SlotId slot, KeyId id) {}
}
