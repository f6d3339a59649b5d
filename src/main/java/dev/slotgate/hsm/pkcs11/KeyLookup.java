package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.SlotId;
import java.util.ArrayList;
import java.util.List;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/** Finds key objects on a token with a lent session. */
final class KeyLookup {

    private static final long[] KEY_CLASSES = {CKO_PRIVATE_KEY, CKO_SECRET_KEY, CKO_PUBLIC_KEY};

    private KeyLookup() {}

    static List<KeyObject> all(Session session) throws TokenException {
        return objects(session, new AttributeVector());
    }

    static List<KeyObject> withId(Session session, KeyId id) throws TokenException {
        return objects(session, new AttributeVector().id(id.bytes()));
    }

    static List<KeyObject> withLabel(Session session, String label) throws TokenException {
        return objects(session, new AttributeVector().label(label));
    }

    /**
     * The handle of a private key, for immediate use: it dies at the next login.
     *
     * @throws HsmException KEY_NOT_FOUND, or AMBIGUOUS_KEY when several private keys share the id
     */
    static long privateKey(Session session, SlotId slot, KeyId id) throws TokenException {
        long[] handles = session.findObjectsSingle(
                new AttributeVector().class_(CKO_PRIVATE_KEY).id(id.bytes()), 2);
        if (handles.length == 0) {
            throw HsmException.keyNotFound(slot, id.hex());
        }
        if (handles.length > 1) {
            throw HsmException.ambiguousKey(slot, id.hex(), List.of(id));
        }
        return handles[0];
    }

    /** Destroys every key object that has the id. */
    static void destroy(Session session, KeyId id) throws TokenException {
        for (long keyClass : KEY_CLASSES) {
            var template = new AttributeVector().class_(keyClass).id(id.bytes());
            for (long handle : session.findAllObjectsSingle(template)) {
                session.destroyObject(handle);
            }
        }
    }

    private static List<KeyObject> objects(Session session, AttributeVector template) throws TokenException {
        var objects = new ArrayList<KeyObject>();
        for (long keyClass : KEY_CLASSES) {
            for (long handle : session.findAllObjectsSingle(template.class_(keyClass))) {
                KeyObject.read(session, handle).ifPresent(objects::add);
            }
        }
        return objects;
    }
}
