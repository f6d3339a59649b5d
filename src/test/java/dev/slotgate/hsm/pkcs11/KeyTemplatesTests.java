package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.Usage;
import java.math.BigInteger;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.KeyPairTemplate;

class KeyTemplatesTests {

    private static final KeyId ID = new KeyId("0a0b");
    private static final Map<Usage, Long> PRIVATE_FLAGS =
            Map.of(Usage.SIGN, CKA_SIGN, Usage.DECRYPT, CKA_DECRYPT, Usage.WRAP, CKA_UNWRAP, Usage.DERIVE, CKA_DERIVE);
    private static final Map<Usage, Long> PUBLIC_FLAGS =
            Map.of(Usage.SIGN, CKA_VERIFY, Usage.DECRYPT, CKA_ENCRYPT, Usage.WRAP, CKA_WRAP);

    @ParameterizedTest
    @EnumSource(names = {"SIGN", "DECRYPT", "WRAP", "DERIVE"})
    void everyUsageIsSaidAndOnlyTheOrderedOneIsTrue(Usage usage) {
        KeyPairTemplate pair = KeyTemplates.pair(order(new KeySpec.Rsa(2048), usage, false));

        PRIVATE_FLAGS.forEach(
                (u, flag) -> assertThat(flag(pair.privateKey(), flag)).isEqualTo(u == usage));
        PUBLIC_FLAGS.forEach(
                (u, flag) -> assertThat(flag(pair.publicKey(), flag)).isEqualTo(u == usage));
        assertThat(flag(pair.publicKey(), CKA_DERIVE)).isFalse();
        assertThat(flag(pair.privateKey(), CKA_SIGN_RECOVER)).isFalse();
        assertThat(flag(pair.publicKey(), CKA_VERIFY_RECOVER)).isFalse();
    }

    @Test
    void privateHalfIsHiddenAndPublicHalfIsForAllToSee() {
        KeyPairTemplate pair = KeyTemplates.pair(order(new KeySpec.OnCurve(Curve.P_256), Usage.SIGN, false));

        assertThat(flag(pair.privateKey(), CKA_TOKEN)).isTrue();
        assertThat(flag(pair.privateKey(), CKA_PRIVATE)).isTrue();
        assertThat(flag(pair.privateKey(), CKA_SENSITIVE)).isTrue();
        assertThat(flag(pair.privateKey(), CKA_EXTRACTABLE)).isFalse();
        assertThat(flag(pair.publicKey(), CKA_TOKEN)).isTrue();
        assertThat(flag(pair.publicKey(), CKA_PRIVATE)).isFalse();
        assertThat(pair.privateKey().id()).isEqualTo(ID.bytes());
        assertThat(pair.publicKey().id()).isEqualTo(ID.bytes());
        assertThat(pair.privateKey().label()).isEqualTo("a key");
        assertThat(pair.publicKey().label()).isEqualTo("a key");
    }

    @Test
    void extractableKeysStaySensitive() {
        KeyPairTemplate pair = KeyTemplates.pair(order(new KeySpec.Rsa(2048), Usage.DECRYPT, true));

        assertThat(flag(pair.privateKey(), CKA_EXTRACTABLE)).isTrue();
        assertThat(flag(pair.privateKey(), CKA_SENSITIVE)).isTrue();
    }

    @Test
    void rsaKeysHaveTheirSizeAndF4() {
        AttributeVector publicKey = KeyTemplates.pair(order(new KeySpec.Rsa(3072), Usage.SIGN, false))
                .publicKey();

        assertThat(publicKey.modulusBits()).isEqualTo(3072);
        assertThat(publicKey.publicExponent()).isEqualTo(BigInteger.valueOf(65537));
        assertThat(KeyTemplates.generation(new KeySpec.Rsa(3072)).getMechanismCode())
                .isEqualTo(CKM_RSA_PKCS_KEY_PAIR_GEN);
    }

    @Test
    void ecKeysHaveTheirCurve() {
        KeySpec p384 = new KeySpec.OnCurve(Curve.P_384);

        assertThat(KeyTemplates.pair(order(p384, Usage.SIGN, false)).publicKey().ecParams())
                .isEqualTo(Curve.P_384.parameters());
        assertThat(KeyTemplates.generation(p384).getMechanismCode()).isEqualTo(CKM_EC_KEY_PAIR_GEN);
    }

    private static NewKey order(KeySpec spec, Usage usage, boolean extractable) {
        return new NewKey(ID, "a key", spec, usage, extractable);
    }

    private static Boolean flag(AttributeVector template, long attribute) {
        return template.getBooleanAttrValue(attribute);
    }
}
