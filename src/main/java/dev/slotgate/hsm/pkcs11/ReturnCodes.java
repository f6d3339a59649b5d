package dev.slotgate.hsm.pkcs11;

import static dev.slotgate.hsm.HsmFailure.DECRYPTION_FAILED;
import static dev.slotgate.hsm.HsmFailure.KEY_NOT_EXTRACTABLE;
import static dev.slotgate.hsm.HsmFailure.KEY_NOT_FOUND;
import static dev.slotgate.hsm.HsmFailure.KEY_USAGE;
import static dev.slotgate.hsm.HsmFailure.PIN_EXPIRED;
import static dev.slotgate.hsm.HsmFailure.PIN_INCORRECT;
import static dev.slotgate.hsm.HsmFailure.PIN_LOCKED;
import static dev.slotgate.hsm.HsmFailure.PIN_POLICY;
import static dev.slotgate.hsm.HsmFailure.REFUSED_BY_TOKEN;
import static dev.slotgate.hsm.HsmFailure.SLOT_BUSY;
import static dev.slotgate.hsm.HsmFailure.TOKEN_UNAVAILABLE;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

/** The one table from PKCS#11 return codes (2.40 section 5.1) to failures. A code without a row is trouble of the token. */
final class ReturnCodes {

    private static final Logger LOG = LoggerFactory.getLogger(ReturnCodes.class);

    private static final Map<Long, HsmFailure> TABLE = new HashMap<>();

    static {
        rows(
                REFUSED_BY_TOKEN,
                CKR_ACTION_PROHIBITED,
                CKR_ATTRIBUTE_READ_ONLY,
                CKR_ATTRIBUTE_SENSITIVE,
                CKR_ATTRIBUTE_TYPE_INVALID,
                CKR_ATTRIBUTE_VALUE_INVALID,
                CKR_CURVE_NOT_SUPPORTED,
                CKR_DATA_INVALID,
                CKR_DATA_LEN_RANGE,
                CKR_DOMAIN_PARAMS_INVALID,
                CKR_INFORMATION_SENSITIVE,
                CKR_KEY_INDIGESTIBLE,
                CKR_KEY_NEEDED,
                CKR_KEY_NOT_NEEDED,
                CKR_KEY_SIZE_RANGE,
                CKR_MECHANISM_INVALID,
                CKR_MECHANISM_PARAM_INVALID,
                CKR_PUBLIC_KEY_INVALID,
                CKR_RANDOM_SEED_NOT_SUPPORTED,
                CKR_TEMPLATE_INCOMPLETE,
                CKR_TEMPLATE_INCONSISTENT);
        rows(
                KEY_USAGE,
                CKR_KEY_FUNCTION_NOT_PERMITTED,
                CKR_KEY_TYPE_INCONSISTENT,
                CKR_UNWRAPPING_KEY_SIZE_RANGE,
                CKR_UNWRAPPING_KEY_TYPE_INCONSISTENT,
                CKR_WRAPPING_KEY_SIZE_RANGE,
                CKR_WRAPPING_KEY_TYPE_INCONSISTENT);
        rows(
                DECRYPTION_FAILED,
                CKR_AEAD_DECRYPT_FAILED,
                CKR_ENCRYPTED_DATA_INVALID,
                CKR_ENCRYPTED_DATA_LEN_RANGE,
                CKR_SIGNATURE_INVALID,
                CKR_SIGNATURE_LEN_RANGE,
                CKR_WRAPPED_KEY_INVALID,
                CKR_WRAPPED_KEY_LEN_RANGE);
        rows(KEY_NOT_EXTRACTABLE, CKR_KEY_NOT_WRAPPABLE, CKR_KEY_UNEXTRACTABLE);
        rows(
                KEY_NOT_FOUND,
                CKR_KEY_HANDLE_INVALID,
                CKR_OBJECT_HANDLE_INVALID,
                CKR_UNWRAPPING_KEY_HANDLE_INVALID,
                CKR_WRAPPING_KEY_HANDLE_INVALID);
        rows(PIN_INCORRECT, CKR_PIN_INCORRECT);
        rows(PIN_LOCKED, CKR_PIN_LOCKED);
        rows(PIN_EXPIRED, CKR_NEW_PIN_MODE, CKR_PIN_EXPIRED);
        rows(PIN_POLICY, CKR_PIN_INVALID, CKR_PIN_LEN_RANGE, CKR_PIN_TOO_WEAK);
        rows(SLOT_BUSY, CKR_SESSION_COUNT);
    }

    private ReturnCodes() {}

    private static void rows(HsmFailure failure, long... returnCodes) {
        for (long returnCode : returnCodes) {
            TABLE.put(returnCode, failure);
        }
    }

    /** TOKEN_UNAVAILABLE for every code without a row, those of vendors among them. */
    static HsmFailure failureOf(long returnCode) {
        return TABLE.getOrDefault(returnCode, TOKEN_UNAVAILABLE);
    }

    /** Makes the port's exception of whatever a native call ended with. */
    static HsmException translate(@Nullable Throwable thrown) {
        return switch (thrown) {
            case HsmException e -> e;
            case PKCS11Exception e -> ofCode(e.getErrorCode());
            // What the wrapper's low-level calls throw: another class of the same name.
            case iaik.pkcs.pkcs11.wrapper.PKCS11Exception e -> ofCode(e.getErrorCode());
            case null, default -> {
                LOG.warn("A native call ended without a return code", thrown);
                yield new HsmException(TOKEN_UNAVAILABLE, "The call of the token failed.");
            }
        };
    }

    private static HsmException ofCode(long code) {
        HsmFailure failure = failureOf(code);
        String name = ckrCodeToName(code);
        String message = switch (failure) {
            case TOKEN_UNAVAILABLE -> "The token is in trouble.";
            case KEY_NOT_FOUND -> "The key has gone from the token.";
            default -> "The token refused: " + name + ".";
        };
        return HsmException.ofToken(failure, message, name);
    }
}
