package dev.slotgate.hsm.pkcs11;

import static dev.slotgate.hsm.HsmFailure.REFUSED_BY_TOKEN;
import static dev.slotgate.hsm.HsmFailure.SLOT_BUSY;
import static dev.slotgate.hsm.HsmFailure.TOKEN_UNAVAILABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

class ReturnCodesTests {

    @ParameterizedTest
    @CsvSource({
        "CKR_ATTRIBUTE_READ_ONLY,REFUSED_BY_TOKEN",
        "CKR_ATTRIBUTE_SENSITIVE,REFUSED_BY_TOKEN",
        "CKR_ATTRIBUTE_TYPE_INVALID,REFUSED_BY_TOKEN",
        "CKR_ATTRIBUTE_VALUE_INVALID,REFUSED_BY_TOKEN",
        "CKR_TEMPLATE_INCOMPLETE,REFUSED_BY_TOKEN",
        "CKR_TEMPLATE_INCONSISTENT,REFUSED_BY_TOKEN",
        "CKR_CURVE_NOT_SUPPORTED,REFUSED_BY_TOKEN",
        "CKR_DOMAIN_PARAMS_INVALID,REFUSED_BY_TOKEN",
        "CKR_KEY_SIZE_RANGE,REFUSED_BY_TOKEN",
        "CKR_MECHANISM_INVALID,REFUSED_BY_TOKEN",
        "CKR_MECHANISM_PARAM_INVALID,REFUSED_BY_TOKEN",
        "CKR_DATA_INVALID,REFUSED_BY_TOKEN",
        "CKR_DATA_LEN_RANGE,REFUSED_BY_TOKEN",
        "CKR_ACTION_PROHIBITED,REFUSED_BY_TOKEN",
        "CKR_KEY_HANDLE_INVALID,KEY_NOT_FOUND",
        "CKR_OBJECT_HANDLE_INVALID,KEY_NOT_FOUND",
        "CKR_KEY_TYPE_INCONSISTENT,KEY_USAGE",
        "CKR_KEY_FUNCTION_NOT_PERMITTED,KEY_USAGE",
        "CKR_SESSION_COUNT,SLOT_BUSY",
        "CKR_DEVICE_ERROR,TOKEN_UNAVAILABLE",
        "CKR_DEVICE_REMOVED,TOKEN_UNAVAILABLE",
        "CKR_TOKEN_NOT_PRESENT,TOKEN_UNAVAILABLE",
        "CKR_SESSION_HANDLE_INVALID,TOKEN_UNAVAILABLE",
        "CKR_USER_NOT_LOGGED_IN,TOKEN_UNAVAILABLE",
        "CKR_GENERAL_ERROR,TOKEN_UNAVAILABLE",
        "CKR_FUNCTION_FAILED,TOKEN_UNAVAILABLE",
        "CKR_HOST_MEMORY,TOKEN_UNAVAILABLE",
    })
    void everyCodeHasItsMeaning(String code, HsmFailure meaning) {
        HsmException translated = ReturnCodes.translate(new PKCS11Exception(nameToCode(Category.CKR, code)));

        assertThat(translated.failure()).isEqualTo(meaning);
        assertThat(translated.returnCode()).isEqualTo(code);
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
}
