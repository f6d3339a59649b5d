package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/**
 * Looks at every key object of a token, one attribute call each, in many short turns with a session: other callers get
 * theirs in between, and no turn comes near its deadline.
 */
final class KeyListing {

    private static final int TURN = 200;
    private static final int TRIES = 3;

    private KeyListing() {}

    /** Every key, by id. @throws HsmException TOKEN_UNAVAILABLE when the slot logs in anew again and again */
    static List<Key> of(BoundSlot slot) {
        for (int i = 0; i < TRIES; i++) {
            int seen = slot.keys().cache().generation();
            List<KeyObject> all = objects(slot);
            // Handles that died meanwhile look like objects that are gone.
            if (slot.keys().cache().generation() == seen) {
                return slot.read(session -> slot.keys().assembled(session, all, seen));
            }
        }
        throw new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "The slot logs in anew all the time.");
    }

    /** That there is nothing counts as an answer only of a token that is there. */
    private static long[] handles(Session session, BoundSlot slot, ObjectKind kind) throws TokenException {
        long[] handles = session.findAllObjectsSingle(kind.template());
        if (handles.length == 0) {
            slot.keys().confirmPresence(session);
        }
        return handles;
    }

    private static List<KeyObject> objects(BoundSlot slot) {
        var all = new ArrayList<KeyObject>();
        for (ObjectKind kind : ObjectKind.ALL) {
            long[] handles = slot.read(session -> handles(session, slot, kind));
            for (int from = 0; from < handles.length; from += TURN) {
                long[] turn = Arrays.copyOfRange(handles, from, Math.min(handles.length, from + TURN));
                all.addAll(slot.read(session -> KeyLookup.read(session, kind, turn)));
            }
        }
        return all;
    }
}
