package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;

/** Return codes that a module in trouble gives at random, and what callers may be told then. */
final class Faults {

    /** Trouble that says nothing of any key, so that no answer can be right but a failure. */
    private static final List<Long> TROUBLE = List.of(
            CKR_HOST_MEMORY,
            CKR_GENERAL_ERROR,
            CKR_FUNCTION_FAILED,
            CKR_ARGUMENTS_BAD,
            CKR_CANT_LOCK,
            CKR_DEVICE_ERROR,
            CKR_DEVICE_MEMORY,
            CKR_DEVICE_REMOVED,
            CKR_FUNCTION_CANCELED,
            CKR_FUNCTION_NOT_SUPPORTED,
            CKR_OPERATION_ACTIVE,
            CKR_OPERATION_NOT_INITIALIZED,
            CKR_SESSION_CLOSED,
            CKR_SESSION_COUNT,
            CKR_SESSION_HANDLE_INVALID,
            CKR_SESSION_READ_ONLY,
            CKR_SESSION_EXISTS,
            CKR_TOKEN_NOT_PRESENT,
            CKR_TOKEN_NOT_RECOGNIZED,
            CKR_TOKEN_WRITE_PROTECTED,
            CKR_USER_TYPE_INVALID,
            CKR_RANDOM_NO_RNG,
            CKR_STATE_UNSAVEABLE,
            CKR_CRYPTOKI_NOT_INITIALIZED,
            CKR_MUTEX_BAD,
            CKR_FUNCTION_REJECTED,
            CKR_VENDOR_DEFINED | 0x77);

    /** What only the use of a key answers. */
    private static final List<Long> REFUSALS = List.of(
            CKR_DATA_INVALID,
            CKR_DATA_LEN_RANGE,
            CKR_KEY_SIZE_RANGE,
            CKR_KEY_FUNCTION_NOT_PERMITTED,
            CKR_KEY_TYPE_INCONSISTENT,
            CKR_KEY_HANDLE_INVALID,
            CKR_MECHANISM_INVALID,
            CKR_MECHANISM_PARAM_INVALID,
            CKR_USER_NOT_LOGGED_IN);

    private static final Set<String> FUNCTIONS = Set.of(
            "C_OpenSession",
            "C_CloseSession",
            "C_GetSessionInfo",
            "C_Login",
            "C_Logout",
            "C_FindObjectsInit",
            "C_FindObjects",
            "C_FindObjectsFinal",
            "C_GetAttributeValue",
            "C_SignInit",
            "C_Sign",
            "C_GenerateKeyPair",
            "C_CreateObject",
            "C_DestroyObject",
            "C_GetTokenInfo",
            "C_GetSlotInfo",
            "C_GetSlotList",
            "C_GetMechanismList",
            "C_GenerateRandom");

    private static final Set<String> USE_OF_KEYS = Set.of("C_SignInit", "C_Sign");

    /** What the adapter may say of its own accord: that it cannot now, or does not know. */
    private static final Set<HsmFailure> TOLD_IN_TROUBLE = Set.of(
            HsmFailure.SLOT_BUSY, HsmFailure.TOKEN_UNAVAILABLE, HsmFailure.TOKEN_TIMEOUT, HsmFailure.OUTCOME_UNKNOWN);

    private Faults() {}

    /**
     * Rules that let so many calls fail, with every code that may come there.
     *
     * <p>Never a code that claims something that is not so: a PIN that is refused rightly latches, an attribute or object
     * that is said not to be there is rightly left out of an answer, a user who is said to be logged in is believed.
     */
    static String rules(double share) {
        return FUNCTIONS.stream()
                        .sorted()
                        .map(function -> rule(function, share))
                        .collect(Collectors.joining())
                // Done, and the answer is lost.
                + "C_GenerateKeyPair rv=0x30 post p=%s\n".formatted(share);
    }

    static int codes() {
        return TROUBLE.size() + REFUSALS.size();
    }

    static int functions() {
        return FUNCTIONS.size();
    }

    /** Says whether a failure is one that callers may see while such rules hold. */
    static void assertIsHonest(HsmException failed) {
        String name = failed.returnCode();
        if (name == null) {
            assertThat(failed.failure()).as(failed.getMessage()).isIn(TOLD_IN_TROUBLE);
            return;
        }
        OptionalLong code = injected(name);
        assertThat(code)
                .as(() -> "a code that was injected: " + name + " " + Throwables.getStackTrace(failed))
                .isPresent();
        boolean twiceLoggedOut = failed.failure() == HsmFailure.KEY_USAGE && name.equals("CKR_USER_NOT_LOGGED_IN");
        if (!TOLD_IN_TROUBLE.contains(failed.failure()) && !twiceLoggedOut) {
            assertThat(failed.failure()).as(name).isEqualTo(ReturnCodes.failureOf(code.getAsLong()));
        }
    }

    private static OptionalLong injected(String name) {
        return Stream.of(TROUBLE, REFUSALS)
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .filter(code -> ckrCodeToName(code).equals(name))
                .findFirst();
    }

    private static String rule(String function, double share) {
        Stream<Long> codes =
                USE_OF_KEYS.contains(function) ? Stream.concat(TROUBLE.stream(), REFUSALS.stream()) : TROUBLE.stream();
        String listed = codes.map(code -> "0x" + Long.toHexString(code)).collect(Collectors.joining("|"));
        return String.format(Locale.ROOT, "%s rv=%s p=%s%n", function, listed, share);
    }
}
