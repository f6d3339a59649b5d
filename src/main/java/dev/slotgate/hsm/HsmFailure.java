package dev.slotgate.hsm;

import static dev.slotgate.hsm.HsmFailure.Meaning.BAD_INPUT;
import static dev.slotgate.hsm.HsmFailure.Meaning.CONFLICT;
import static dev.slotgate.hsm.HsmFailure.Meaning.FORBIDDEN;
import static dev.slotgate.hsm.HsmFailure.Meaning.LIMITED;
import static dev.slotgate.hsm.HsmFailure.Meaning.LOCKED;
import static dev.slotgate.hsm.HsmFailure.Meaning.NOT_FOUND;
import static dev.slotgate.hsm.HsmFailure.Meaning.UNAVAILABLE;
import static dev.slotgate.hsm.HsmFailure.Meaning.UNPROCESSABLE;

import java.util.Locale;

/** What can go wrong at the port and above it: the codes that callers see, and what each of them means. */
public enum HsmFailure {
    INVALID_FIELD(BAD_INPUT, false, "Correct the named field and send the request again."),
    ALGORITHM_MISMATCH(
            UNPROCESSABLE, false, "Choose an algorithm that fits the key, or a key that fits the algorithm."),
    ALGORITHM_NOT_ALLOWED(UNPROCESSABLE, false, "Use one of the algorithms that the key's owner allows."),
    TOO_LARGE(
            Meaning.TOO_LARGE,
            false,
            "Send a shorter message; algorithms that need its digest alone take one of any size."),
    USAGE_CONFLICT(UNPROCESSABLE, false, "Give exactly one usage; make a second key for a second purpose."),
    DECRYPTION_FAILED(UNPROCESSABLE, false, "Send what was encrypted with this key, unchanged."),
    CERTIFICATE_MISMATCH(
            UNPROCESSABLE, false, "Send the chain of a certificate for this key, its own certificate first."),
    KEY_NOT_EXTRACTABLE(UNPROCESSABLE, false, "Wrap a key that was made extractable."),
    KEY_USAGE(UNPROCESSABLE, false, "Use a key that was made for this operation."),
    REFUSED_BY_TOKEN(UNPROCESSABLE, false, "Ask for something that the token supports."),
    PIN_INCORRECT(FORBIDDEN, false, "Give the right PIN; every wrong one may cost a try."),
    PIN_LOCKED(
            LOCKED,
            false,
            "Have the security officer reset a user PIN with POST /slots/{slot}/pins/user/reset; a locked SO PIN stays so."),
    PIN_TRIES_LOW(
            LOCKED,
            false,
            "Make sure of the PIN; where one more try is left to spend, send it with spendTry set to true."),
    PIN_EXPIRED(CONFLICT, false, "Change the PIN."),
    PIN_POLICY(UNPROCESSABLE, false, "Choose a PIN that the named rule allows."),
    TOO_MANY_ATTEMPTS(LIMITED, true, "Make sure of the PIN, and wait until the header Retry-After says."),
    CONFIRMATION_WRONG(CONFLICT, false, "Make sure which token it is, and send its label as confirm."),
    ESCROW_NOT_CONFIGURED(NOT_FOUND, false, "Name the public key of the escrow with slotgate.pin-escrow.public-key."),
    SLOT_NOT_FOUND(NOT_FOUND, false, "List the slots with GET /slots."),
    RECORD_NOT_FOUND(NOT_FOUND, false, "List the records with GET /audit."),
    KEY_NOT_FOUND(NOT_FOUND, false, "List the keys of the slot with GET /slots/{slot}/keys."),
    CERTIFICATE_NOT_FOUND(NOT_FOUND, false, "Store one with PUT /slots/{slot}/keys/{key}/certificate."),
    AMBIGUOUS_KEY(CONFLICT, false, "Name one of the candidates by its id."),
    KEY_CHANGED(CONFLICT, false, "Show the key with GET /slots/{slot}/keys/{key}: it is used again as it is now."),
    KEY_DISABLED(CONFLICT, false, "Enable the key with PATCH /slots/{slot}/keys/{key}, or take its destruction back."),
    KEY_SUPERSEDED(CONFLICT, false, "Use the current version of the key; its label names it."),
    KEY_EXHAUSTED(CONFLICT, false, "Rotate the key: it has encrypted as many messages as are safe with one key."),
    OPERATION_NOT_GRANTED(FORBIDDEN, false, "Ask who grants keys for the operation."),
    SELF_GRANT(FORBIDDEN, false, "Have another one grant the key to you."),
    LABEL_IN_USE(CONFLICT, false, "Choose another label."),
    SLOT_LOCKED(CONFLICT, false, "Give the gateway the slot's user PIN with PUT /slots/{slot}/login."),
    DEFAULT_PIN(CONFLICT, false, "Change the user PIN with POST /slots/{slot}/pins/user/change."),
    SLOT_BUSY(UNAVAILABLE, true, "Try again in a moment."),
    /** The token made a signature that its own public key does not verify. */
    SIGNATURE_FAULTY(UNAVAILABLE, true, "Try again, and look after the token: it made a wrong signature."),
    /** The token did not answer in time an operation that changes nothing. */
    TOKEN_TIMEOUT(UNAVAILABLE, true, "Try again; look after the token when it happens again."),
    TOKEN_UNAVAILABLE(UNAVAILABLE, true, "Look after the token, then try again."),
    DATABASE_UNAVAILABLE(UNAVAILABLE, true, "Try again when the database is back."),
    /** The token failed, or did not answer in time, while it changed something: it may have done it. */
    OUTCOME_UNKNOWN(UNAVAILABLE, false, "Find out whether the operation took effect before you repeat it.");

    /** The few kinds of failure that callers tell apart. */
    public enum Meaning {
        BAD_INPUT,
        UNPROCESSABLE,
        TOO_LARGE,
        FORBIDDEN,
        NOT_FOUND,
        CONFLICT,
        LOCKED,
        LIMITED,
        UNAVAILABLE
    }

    private final Meaning meaning;
    private final boolean retryable;
    private final String remedy;

    HsmFailure(Meaning meaning, boolean retryable, String remedy) {
        this.meaning = meaning;
        this.retryable = retryable;
        this.remedy = remedy;
    }

    /** The code on the API, for example {@code key-not-found}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Meaning meaning() {
        return meaning;
    }

    /** True only when nothing was done, or doing it again is harmless. */
    public boolean retryable() {
        return retryable;
    }

    /** Whether a caller may see the token's return code: not where it would tell apart what must look the same. */
    public boolean showsReturnCode() {
        return this != DECRYPTION_FAILED;
    }

    /** One sentence on what the caller can do. */
    public String remedy() {
        return remedy;
    }
}
