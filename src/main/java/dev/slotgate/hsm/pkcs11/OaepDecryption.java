package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.EncryptionAlgorithm;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.OaepBlock;
import java.util.Set;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;

/** Decrypts with RSA-OAEP as far as a token can; what it cannot decode it decrypts as a bare block, where that is allowed. */
final class OaepDecryption {

    private static final Set<Long> PARAMETERS =
            Set.of(CKR_ARGUMENTS_BAD, CKR_MECHANISM_INVALID, CKR_MECHANISM_PARAM_INVALID);

    private OaepDecryption() {}

    /** @see dev.slotgate.hsm.KeyCrypto#openOaep */
    static OaepBlock opened(
            BoundSlot slot, KeyId key, EncryptionAlgorithm algorithm, boolean hasLabel, byte[] ciphertext) {
        boolean sha256 = algorithm == EncryptionAlgorithm.RSA_OAEP_256;
        boolean known = !hasLabel && (!sha256 || slot.habits().knowsOaep256());
        boolean mayComplete = slot.completion().oaep();
        if (!known && !mayComplete) {
            throw notKnown();
        }
        return slot.use(key, (session, handle) -> {
            boolean decodes = known && isTaken(session, handle, Mechanisms.oaep(sha256));
            if (!decodes && !mayComplete) {
                throw notKnown();
            }
            if (!decodes) {
                session.decryptInit(new Mechanism(CKM_RSA_X_509), handle);
            }
            byte[] block =
                    ContentErrors.judged(session, HsmException.decryptionFailed(), () -> session.decrypt(ciphertext));
            return new OaepBlock(block, decodes);
        });
    }

    /** Begins to decrypt; false when the token does not know the mechanism with these parameters. */
    private static boolean isTaken(Session session, long handle, Mechanism mechanism) throws PKCS11Exception {
        try {
            session.decryptInit(mechanism, handle);
            return true;
        } catch (PKCS11Exception e) {
            if (PARAMETERS.contains(e.getErrorCode())) {
                return false;
            }
            throw e;
        }
    }

    private static HsmException notKnown() {
        return new HsmException(
                HsmFailure.REFUSED_BY_TOKEN,
                "The token does not decrypt this, and the slot's configuration lets nobody complete it.");
    }
}
