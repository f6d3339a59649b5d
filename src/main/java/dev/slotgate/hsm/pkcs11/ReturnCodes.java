package dev.slotgate.hsm.pkcs11;

import static dev.slotgate.hsm.HsmFailure.KEY_NOT_FOUND;
import static dev.slotgate.hsm.HsmFailure.KEY_USAGE;
import static dev.slotgate.hsm.HsmFailure.REFUSED_BY_TOKEN;
import static dev.slotgate.hsm.HsmFailure.SLOT_BUSY;
import static dev.slotgate.hsm.HsmFailure.TOKEN_UNAVAILABLE;
import static java.util.Map.entry;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

/** The one table from PKCS#11 return codes (2.40 section 5.1) to failures. A code without a row is trouble of the token. */
final class ReturnCodes {

    private static final Logger LOG = LoggerFactory.getLogger(ReturnCodes.class);

    private static final Map<Long, HsmFailure> TABLE = Map.ofEntries(
            entry(CKR_ATTRIBUTE_READ_ONLY, REFUSED_BY_TOKEN),
            entry(CKR_ATTRIBUTE_SENSITIVE, REFUSED_BY_TOKEN),
            entry(CKR_ATTRIBUTE_TYPE_INVALID, REFUSED_BY_TOKEN),
            entry(CKR_ATTRIBUTE_VALUE_INVALID, REFUSED_BY_TOKEN),
            entry(CKR_TEMPLATE_INCOMPLETE, REFUSED_BY_TOKEN),
            entry(CKR_TEMPLATE_INCONSISTENT, REFUSED_BY_TOKEN),
            entry(CKR_CURVE_NOT_SUPPORTED, REFUSED_BY_TOKEN),
            entry(CKR_DOMAIN_PARAMS_INVALID, REFUSED_BY_TOKEN),
            entry(CKR_KEY_SIZE_RANGE, REFUSED_BY_TOKEN),
            entry(CKR_MECHANISM_INVALID, REFUSED_BY_TOKEN),
            entry(CKR_MECHANISM_PARAM_INVALID, REFUSED_BY_TOKEN),
            entry(CKR_DATA_INVALID, REFUSED_BY_TOKEN),
            entry(CKR_DATA_LEN_RANGE, REFUSED_BY_TOKEN),
            entry(CKR_ACTION_PROHIBITED, REFUSED_BY_TOKEN),
            entry(CKR_KEY_HANDLE_INVALID, KEY_NOT_FOUND),
            entry(CKR_OBJECT_HANDLE_INVALID, KEY_NOT_FOUND),
            entry(CKR_KEY_TYPE_INCONSISTENT, KEY_USAGE),
            entry(CKR_KEY_FUNCTION_NOT_PERMITTED, KEY_USAGE),
            entry(CKR_SESSION_COUNT, SLOT_BUSY));

    private ReturnCodes() {}

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
