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
            slot.read(session -> present(session, slot));
            List<KeyObject> all = objects(slot);
            // Handles that died meanwhile look like objects that are gone.
            if (slot.keys().cache().generation() == seen) {
                return slot.read(session -> slot.keys().assembled(session, all, seen));
            }
        }
        throw new HsmException(HsmFailure.TOKEN_UNAVAILABLE, "The slot logs in anew all the time.");
    }

    /** A token that is gone answers that there is nothing, and that must not count as a success of it. */
    private static boolean present(Session session, BoundSlot slot) throws TokenException {
        slot.keys().confirmPresence(session);
        return true;
    }

    private static List<KeyObject> objects(BoundSlot slot) {
        var all = new ArrayList<KeyObject>();
        for (ObjectKind kind : ObjectKind.ALL) {
            long[] handles = slot.read(session -> ObjectSearch.handles(session, kind.template()));
            for (int from = 0; from < handles.length; from += TURN) {
                long[] turn = Arrays.copyOfRange(handles, from, Math.min(handles.length, from + TURN));
                all.addAll(slot.read(session -> KeyLookup.read(session, kind, turn)));
            }
        }
        return all;
    }
}
