package dev.slotgate.remote;

import static dev.slotgate.remote.ReturnCode.*;

import dev.slotgate.audit.AuditRecord.Outcome;
import dev.slotgate.audit.AuditTrail;
import dev.slotgate.audit.JournalUnavailable;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.AccessDeniedException;

/** What a call ended with, as clients are told it. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** The return code of a failure, which the trail notes. */
    static ReturnCode of(RuntimeException failed, AuditTrail trail) {
        return switch (failed) {
            case HsmException told -> {
                trail.problem(told.failure().code(), told.returnCode());
                yield of(told.failure());
            }
            case CallRefused refused -> noted("refused", refused.code(), trail);
            case AccessDeniedException _ -> noted("insufficient-scope", ACTION_PROHIBITED, trail);
            case JournalUnavailable _ -> {
                trail.turnedAway();
                yield noted("audit-unavailable", FUNCTION_FAILED, trail);
            }
            default -> {
                LOG.error("Call {} ended with", trail.requestId(), failed);
                yield noted("internal-error", GENERAL_ERROR, trail);
            }
        };
    }

    /** What the record says of a call that ended so. */
    static Outcome outcome(ReturnCode code) {
        return switch (code) {
            case OK -> Outcome.SUCCESS;
            case GENERAL_ERROR, FUNCTION_FAILED, DEVICE_ERROR, TOKEN_NOT_PRESENT -> Outcome.FAILED;
            default -> Outcome.REFUSED;
        };
    }

    private static ReturnCode noted(String problem, ReturnCode code, AuditTrail trail) {
        trail.problem(problem, code.text());
        return code;
    }

    /** The one place where a failure becomes a return code. */
    static ReturnCode of(HsmFailure failure) {
        return switch (failure) {
            case INVALID_FIELD -> ARGUMENTS_BAD;
            case ALGORITHM_MISMATCH -> KEY_TYPE_INCONSISTENT;
            case ALGORITHM_NOT_ALLOWED, REFUSED_BY_TOKEN -> MECHANISM_INVALID;
            case TOO_LARGE -> DATA_LEN_RANGE;
            case USAGE_CONFLICT -> TEMPLATE_INCONSISTENT;
            case DECRYPTION_FAILED -> ENCRYPTED_DATA_INVALID;
            case CERTIFICATE_MISMATCH, LABEL_IN_USE -> ATTRIBUTE_VALUE_INVALID;
            case KEY_NOT_EXTRACTABLE -> KEY_UNEXTRACTABLE;
            case KEY_USAGE, KEY_DISABLED, KEY_SUPERSEDED, KEY_EXHAUSTED, OPERATION_NOT_GRANTED, SELF_GRANT ->
                KEY_FUNCTION_NOT_PERMITTED;
            case PIN_INCORRECT -> PIN_INCORRECT;
            case PIN_LOCKED, PIN_TRIES_LOW, TOO_MANY_ATTEMPTS -> PIN_LOCKED;
            case PIN_EXPIRED, DEFAULT_PIN -> PIN_EXPIRED;
            case PIN_POLICY -> PIN_INVALID;
            case SLOT_LOCKED -> USER_PIN_NOT_INITIALIZED;
            case SLOT_NOT_FOUND -> SLOT_ID_INVALID;
            case KEY_NOT_FOUND, AMBIGUOUS_KEY, KEY_CHANGED, CERTIFICATE_NOT_FOUND -> OBJECT_HANDLE_INVALID;
            case CONFIRMATION_WRONG, ESCROW_NOT_CONFIGURED, RECORD_NOT_FOUND, SLOT_BUSY, DATABASE_UNAVAILABLE ->
                FUNCTION_FAILED;
            case SIGNATURE_FAULTY, TOKEN_TIMEOUT, OUTCOME_UNKNOWN -> DEVICE_ERROR;
            case TOKEN_UNAVAILABLE -> TOKEN_NOT_PRESENT;
        };
    }
}
