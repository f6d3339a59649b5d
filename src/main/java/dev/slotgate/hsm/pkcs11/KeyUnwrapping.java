package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.UnwrappedKey;
import java.security.PublicKey;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;
import org.xipki.pkcs11.wrapper.attrs.Attribute;

/**
 * Unwraps a key: first into an object of the session, since some tokens leave an unwrapped key in the clear whatever was
 * asked for; when it is hidden, it is copied to the token.
 */
final class KeyUnwrapping {

    private KeyUnwrapping() {}

    static void unwrap(Session session, long unwrappingKey, UnwrappedKey order) throws TokenException {
        AttributeVector template = order.keyClass() == KeyClass.SECRET
                ? KeyTemplates.secret(order, order.type())
                : KeyTemplates.privateHalf(order, order.type());
        long handle = unwrap(session, unwrappingKey, order, template.token(false));
        try {
            hide(session, handle, order);
            if (order.keyClass() == KeyClass.PRIVATE) {
                KeyImport.createPublic(session, order, order.type(), publicHalf(session, handle, order));
            }
            session.copyObject(handle, new AttributeVector().token(true));
        } finally {
            session.destroyObject(handle);
        }
    }

    /** openCryptoki makes every unwrapped key extractable, and refuses to be told so. */
    private static long unwrap(Session session, long unwrappingKey, UnwrappedKey order, AttributeVector template)
            throws TokenException {
        try {
            return unwrapAs(template, session, unwrappingKey, order);
        } catch (PKCS11Exception e) {
            if (e.getErrorCode() == CKR_ATTRIBUTE_READ_ONLY && order.extractable()) {
                return unwrapAs(without(CKA_EXTRACTABLE, template), session, unwrappingKey, order);
            }
            throw e;
        }
    }

    private static AttributeVector without(long attribute, AttributeVector template) {
        return new AttributeVector(template.snapshot().stream()
                .filter(each -> each.getType() != attribute)
                .toArray(Attribute[]::new));
    }

    private static long unwrapAs(AttributeVector template, Session session, long unwrappingKey, UnwrappedKey order)
            throws TokenException {
        return ContentErrors.judged(
                session,
                contentWrong(),
                () -> session.unwrapKey(
                        Mechanisms.wrapping(order.algorithm()), unwrappingKey, order.wrapped(), template));
    }

    private static HsmException contentWrong() {
        return HsmException.inField(
                HsmFailure.DECRYPTION_FAILED, "wrapped", "wrapped: the token did not unwrap a key of the type");
    }

    /** In one call, and nothing that is as it should be: a token refuses to set what it is to leave. */
    private static void hide(Session session, long handle, UnwrappedKey order) throws TokenException {
        AttributeVector got = session.getAttrValues(handle, CKA_SENSITIVE, CKA_EXTRACTABLE);
        boolean isHidden = Boolean.TRUE.equals(got.sensitive());
        boolean staysAsOrdered = Boolean.valueOf(order.extractable()).equals(got.extractable());
        if (isHidden && staysAsOrdered) {
            return;
        }
        var mended = new AttributeVector();
        if (!isHidden) {
            mended.sensitive(true);
        }
        if (!staysAsOrdered) {
            mended.extractable(order.extractable());
        }
        session.setAttributeValues(handle, mended);
    }

    private static PublicKey publicHalf(Session session, long handle, UnwrappedKey order) throws TokenException {
        return KeyObject.read(session, handle).flatMap(PublicKeys::of).orElseGet(() -> {
            if (order.publicKey() == null) {
                throw contentWrong();
            }
            return order.publicKey();
        });
    }
}
