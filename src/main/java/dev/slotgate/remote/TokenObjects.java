package dev.slotgate.remote;

import static dev.slotgate.remote.Cryptoki.*;

import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyBook;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The objects of a token, made of its keys as the gateway knows them: a pair is two objects, a certificate one of its own. */
@Component
class TokenObjects {

    private final KeyBook book;

    TokenObjects(KeyBook book) {
        this.book = book;
    }

    /**
     * Those that a user sees.
     *
     * @param withPrivate whether the user is logged in
     */
    List<RemoteObject> of(SlotId slot, KeyUser user, boolean withPrivate) {
        List<Key> keys = book.keys(slot, user);
        Map<KeyId, byte[]> certificates = keys.isEmpty() ? Map.of() : book.certificates(slot);
        var objects = new ArrayList<RemoteObject>();
        for (Key key : keys) {
            if (withPrivate && key.keyClass() != KeyClass.PUBLIC) {
                objects.add(ofPrivate(key));
            }
            if (key.publicKey() != null) {
                objects.add(ofPublic(key));
            }
            byte[] certificate = certificates.get(key.id());
            if (certificate != null) {
                objects.add(ofCertificate(key, certificate));
            }
        }
        return objects;
    }

    /** The private half, or the secret key. */
    static RemoteObject ofPrivate(Key key) {
        boolean secret = key.keyClass() == KeyClass.SECRET;
        return object(
                key,
                secret ? SECRET_KEY : PRIVATE_KEY,
                secret ? KeyAttributeList.secret(key) : KeyAttributeList.ofPrivate(key));
    }

    static RemoteObject ofPublic(Key key) {
        return object(key, PUBLIC_KEY, KeyAttributeList.ofPublic(key));
    }

    private static RemoteObject ofCertificate(Key key, byte[] certificate) {
        var identity = new RemoteObject.Identity(key.slot(), CERTIFICATE, key.id());
        return new RemoteObject(identity, CertificateAttributeList.of(key, certificate), null, null, null);
    }

    private static RemoteObject object(Key key, long objectClass, AttributeList attributes) {
        var identity = new RemoteObject.Identity(key.slot(), objectClass, key.id());
        return new RemoteObject(
                identity, attributes.map(), key, objectClass == PUBLIC_KEY ? key.publicKey() : null, null);
    }
}
