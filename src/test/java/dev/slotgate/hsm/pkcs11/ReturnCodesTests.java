package dev.slotgate.hsm.pkcs11;

import static dev.slotgate.hsm.HsmFailure.REFUSED_BY_TOKEN;
import static dev.slotgate.hsm.HsmFailure.SLOT_BUSY;
import static dev.slotgate.hsm.HsmFailure.TOKEN_UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

class ReturnCodesTests {

    /** Every code of PKCS#11 2.40 and 3.0, without its prefix, by what it means here. */
    private static final Map<HsmFailure, String> CODES = codes();

    @Test
    void everyCodeOfTheStandardHasItsMeaning() {
        var told = new TreeSet<String>();
        CODES.forEach((meaning, codes) -> {
            for (String code : List.of(codes.trim().split("\\s+"))) {
                String name = "CKR_" + code;
                HsmException translated = ReturnCodes.translate(new PKCS11Exception(nameToCode(Category.CKR, name)));
                assertThat(translated.failure()).as(name).isEqualTo(meaning);
                assertThat(translated.returnCode()).isEqualTo(name);
                told.add(name);
            }
        });
        assertThat(told).containsAll(constants());
    }

    @Test
    void whatADecryptionFailedForIsNotTold() {
        assertThat(EnumSet.allOf(HsmFailure.class).stream().filter(failure -> !failure.showsReturnCode()))
                .containsExactly(HsmFailure.DECRYPTION_FAILED);
    }

    @Test
    void vendorCodesAreTroubleOfTheToken() {
        assertThat(ReturnCodes.failureOf(CKR_VENDOR_DEFINED | 0x77)).isEqualTo(TOKEN_UNAVAILABLE);
    }

    @Test
    void knowsTheExceptionOfTheLowLevelCallsToo() {
        var lowLevel = new iaik.pkcs.pkcs11.wrapper.PKCS11Exception(CKR_MECHANISM_INVALID);

        assertThat(ReturnCodes.translate(lowLevel).failure()).isEqualTo(REFUSED_BY_TOKEN);
    }

    @Test
    void whatWasDecidedHereStaysAsItIs() {
        var decided = new HsmException(SLOT_BUSY, "busy");

        assertThat(ReturnCodes.translate(decided)).isSameAs(decided);
    }

    @Test
    void whatHasNoCodeIsTroubleWithoutItsText() {
        assertThat(ReturnCodes.translate(new IllegalStateException("handle 0x2a")))
                .returns(TOKEN_UNAVAILABLE, HsmException::failure)
                .hasMessageNotContaining("0x2a");
    }

    /** The names of all codes that the wrapper knows. */
    private static Set<String> constants() {
        return Arrays.stream(PKCS11Constants.class.getFields())
                .map(Field::getName)
                .filter(name -> name.startsWith("CKR_") && !name.equals("CKR_VENDOR_DEFINED"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<HsmFailure, String> codes() {
        var map = new EnumMap<HsmFailure, String>(HsmFailure.class);
        map.put(HsmFailure.REFUSED_BY_TOKEN, """
                ACTION_PROHIBITED ATTRIBUTE_READ_ONLY ATTRIBUTE_SENSITIVE ATTRIBUTE_TYPE_INVALID
                ATTRIBUTE_VALUE_INVALID CURVE_NOT_SUPPORTED DATA_INVALID DATA_LEN_RANGE DOMAIN_PARAMS_INVALID
                INFORMATION_SENSITIVE KEY_INDIGESTIBLE KEY_NEEDED KEY_NOT_NEEDED KEY_SIZE_RANGE
                MECHANISM_INVALID MECHANISM_PARAM_INVALID PUBLIC_KEY_INVALID RANDOM_SEED_NOT_SUPPORTED
                TEMPLATE_INCOMPLETE TEMPLATE_INCONSISTENT
                """);
        map.put(HsmFailure.KEY_USAGE, """
                KEY_FUNCTION_NOT_PERMITTED KEY_TYPE_INCONSISTENT UNWRAPPING_KEY_SIZE_RANGE
                UNWRAPPING_KEY_TYPE_INCONSISTENT WRAPPING_KEY_SIZE_RANGE WRAPPING_KEY_TYPE_INCONSISTENT
                """);
        map.put(HsmFailure.DECRYPTION_FAILED, """
                AEAD_DECRYPT_FAILED ENCRYPTED_DATA_INVALID ENCRYPTED_DATA_LEN_RANGE SIGNATURE_INVALID
                SIGNATURE_LEN_RANGE WRAPPED_KEY_INVALID WRAPPED_KEY_LEN_RANGE
                """);
        map.put(HsmFailure.KEY_NOT_EXTRACTABLE, """
                KEY_NOT_WRAPPABLE KEY_UNEXTRACTABLE
                """);
        map.put(HsmFailure.KEY_NOT_FOUND, """
                KEY_HANDLE_INVALID OBJECT_HANDLE_INVALID UNWRAPPING_KEY_HANDLE_INVALID
                WRAPPING_KEY_HANDLE_INVALID
                """);
        map.put(HsmFailure.PIN_INCORRECT, """
                PIN_INCORRECT
                """);
        map.put(HsmFailure.PIN_LOCKED, """
                PIN_LOCKED
                """);
        map.put(HsmFailure.PIN_EXPIRED, """
                NEW_PIN_MODE PIN_EXPIRED
                """);
        map.put(HsmFailure.PIN_POLICY, """
                PIN_INVALID PIN_LEN_RANGE PIN_TOO_WEAK
                """);
        map.put(HsmFailure.SLOT_BUSY, """
                SESSION_COUNT
                """);
        map.put(HsmFailure.TOKEN_UNAVAILABLE, """
                OK CANCEL HOST_MEMORY SLOT_ID_INVALID GENERAL_ERROR FUNCTION_FAILED ARGUMENTS_BAD NO_EVENT
                NEED_TO_CREATE_THREADS CANT_LOCK DEVICE_ERROR DEVICE_MEMORY DEVICE_REMOVED FUNCTION_CANCELED
                FUNCTION_NOT_PARALLEL FUNCTION_NOT_SUPPORTED KEY_CHANGED OPERATION_ACTIVE
                OPERATION_NOT_INITIALIZED SESSION_CLOSED SESSION_HANDLE_INVALID SESSION_PARALLEL_NOT_SUPPORTED
                SESSION_READ_ONLY SESSION_EXISTS SESSION_READ_ONLY_EXISTS SESSION_READ_WRITE_SO_EXISTS
                TOKEN_NOT_PRESENT TOKEN_NOT_RECOGNIZED TOKEN_WRITE_PROTECTED USER_ALREADY_LOGGED_IN
                USER_NOT_LOGGED_IN USER_PIN_NOT_INITIALIZED USER_TYPE_INVALID USER_ANOTHER_ALREADY_LOGGED_IN
                USER_TOO_MANY_TYPES RANDOM_NO_RNG BUFFER_TOO_SMALL SAVED_STATE_INVALID STATE_UNSAVEABLE
                CRYPTOKI_NOT_INITIALIZED CRYPTOKI_ALREADY_INITIALIZED MUTEX_BAD MUTEX_NOT_LOCKED NEXT_OTP
                EXCEEDED_MAX_ITERATIONS FIPS_SELF_TEST_FAILED LIBRARY_LOAD_FAILED FUNCTION_REJECTED
                TOKEN_RESOURCE_EXCEEDED OPERATION_CANCEL_FAILED
                """);
        return map;
    }
}
