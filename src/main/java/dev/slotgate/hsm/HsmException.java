package dev.slotgate.hsm;

import java.io.Serial;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call failed. The message is for the caller: it says what was expected and what was found, and never holds a secret, a
 * handle or a path.
 */
public final class HsmException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final HsmFailure failure;
    private final String detail;
    private final @Nullable String field;
    private final @Nullable String returnCode;
    private final transient List<KeyId> candidates;
    private final @Nullable Duration retryAfter;

    private HsmException(
            HsmFailure failure,
            String message,
            @Nullable String field,
            @Nullable String returnCode,
            List<KeyId> candidates,
            @Nullable Duration retryAfter) {
        super(message);
        this.detail = message;
        this.failure = failure;
        this.field = field;
        this.returnCode = returnCode;
        this.candidates = candidates;
        this.retryAfter = retryAfter;
    }

    public HsmException(HsmFailure failure, String message) {
        this(failure, message, null, null, List.of(), null);
    }

    /** The token answered with a return code; its name goes into the record, and to the caller where it tells nothing. */
    public static HsmException ofToken(HsmFailure failure, String message, String returnCode) {
        return new HsmException(failure, message, null, returnCode, List.of(), null);
    }

    /** A value of the request is wrong: names the field, what was expected and what came. */
    public static HsmException invalidField(String field, String expected, String came) {
        return inField(HsmFailure.INVALID_FIELD, field, field + ": expected " + expected + ", got " + came);
    }

    /** A value of the request cannot be followed. */
    public static HsmException inField(HsmFailure failure, String field, String message) {
        return new HsmException(failure, message, field, null, List.of(), null);
    }

    public static HsmException slotNotFound(String slot) {
        return new HsmException(HsmFailure.SLOT_NOT_FOUND, "There is no slot " + Quoted.text(slot) + ".");
    }

    public static HsmException keyNotFound(SlotId slot, String idOrLabel) {
        return new HsmException(
                HsmFailure.KEY_NOT_FOUND, "There is no key " + Quoted.text(idOrLabel) + " on slot " + slot + ".");
    }

    public static HsmException ambiguousKey(SlotId slot, String idOrLabel, List<KeyId> candidates) {
        return new HsmException(
                HsmFailure.AMBIGUOUS_KEY,
                "Several keys on slot " + slot + " fit " + Quoted.text(idOrLabel) + ".",
                null,
                null,
                candidates,
                null);
    }

    /** What was to be opened does not open: the same answer whatever the reason. */
    public static HsmException decryptionFailed() {
        return inField(
                HsmFailure.DECRYPTION_FAILED,
                "ciphertext",
                "ciphertext: it was not made with this key, or was changed");
    }

    /** Too many wrong PINs were given; one more is taken after this time. */
    public static HsmException tooManyAttempts(Duration retryAfter) {
        return new HsmException(
                HsmFailure.TOO_MANY_ATTEMPTS,
                "Too many wrong PINs were given lately.",
                null,
                null,
                List.of(),
                retryAfter);
    }

    /** An exception that was thrown in another process. */
    public static HsmException restored(
            HsmFailure failure,
            String message,
            @Nullable String field,
            @Nullable String returnCode,
            List<KeyId> candidates) {
        return new HsmException(failure, message, field, returnCode, candidates, null);
    }

    /** Why something failed, in a line of the log: a message of the port is fit to be shown, of others only the kind is. */
    public static String reason(RuntimeException failed) {
        return failed instanceof HsmException told
                ? told.detail
                : failed.getClass().getSimpleName();
    }

    /** The same, but for what it means. */
    public HsmException as(HsmFailure other) {
        var same = new HsmException(other, detail, field, returnCode, candidates, retryAfter);
        same.initCause(this);
        return same;
    }

    @Override
    public String getMessage() {
        return detail;
    }

    public HsmFailure failure() {
        return failure;
    }

    /** The field of the request that it is about. */
    public @Nullable String field() {
        return field;
    }

    /** The name of the token's return code, for example {@code CKR_DEVICE_ERROR}. */
    public @Nullable String returnCode() {
        return returnCode;
    }

    /** When to try again, for TOO_MANY_ATTEMPTS. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** The keys that all fit, for AMBIGUOUS_KEY. */
    public List<KeyId> candidates() {
        return candidates;
    }
}
