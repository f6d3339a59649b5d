package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.SignatureAlgorithm;
import iaik.pkcs.pkcs11.wrapper.CK_RSA_PKCS_PSS_PARAMS;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MechanismsTests {

    @ParameterizedTest
    @CsvSource({"PS256,SHA256,32", "PS384,SHA384,48", "PS512,SHA512,64"})
    void pssHasOneHashThroughoutAndASaltAsLongAsIt(SignatureAlgorithm algorithm, String hash, int salt) {
        var mechanism = Mechanisms.signing(algorithm);
        var parameters = (CK_RSA_PKCS_PSS_PARAMS) mechanism.getParameters().getParams();

        assertThat(mechanism.getMechanismCode()).isEqualTo(CKM_RSA_PKCS_PSS);
        assertThat(ckmCodeToName(parameters.hashAlg)).isEqualTo("CKM_" + hash);
        assertThat(codeToName(Category.CKG_MGF, parameters.mgf)).isEqualTo("CKG_MGF1_" + hash);
        assertThat(parameters.sLen).isEqualTo(salt);
    }

    @ParameterizedTest
    @CsvSource({"RS256,2.16.840.1.101.3.4.2.1", "RS384,2.16.840.1.101.3.4.2.2", "RS512,2.16.840.1.101.3.4.2.3"})
    void pkcs1SignsADigestInfo(SignatureAlgorithm algorithm, String oid) {
        byte[] digest = new byte[algorithm.hash().bytes()];
        Arrays.fill(digest, (byte) 7);

        DigestInfo info = DigestInfo.getInstance(Mechanisms.signingInput(algorithm, digest));

        assertThat(Mechanisms.signing(algorithm).getMechanismCode()).isEqualTo(CKM_RSA_PKCS);
        assertThat(info.getDigest()).isEqualTo(digest);
        assertThat(info.getAlgorithmId().getAlgorithm().getId()).isEqualTo(oid);
    }

    @Test
    void ecdsaSignsTheDigestItself() {
        byte[] digest = HexFormat.of().parseHex("ab".repeat(32));

        assertThat(Mechanisms.signing(SignatureAlgorithm.ES256).getMechanismCode())
                .isEqualTo(CKM_ECDSA);
        assertThat(Mechanisms.signingInput(SignatureAlgorithm.ES256, digest)).isEqualTo(digest);
    }
}
