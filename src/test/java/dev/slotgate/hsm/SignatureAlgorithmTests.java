package dev.slotgate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SignatureAlgorithmTests {

    @Test
    void ecdsaNeedsTheCurveOfItsName() {
        assertThat(SignatureAlgorithm.ES256.fits(KeyType.EC, Curve.P_256)).isTrue();
        assertThat(SignatureAlgorithm.ES256.fits(KeyType.EC, Curve.P_384)).isFalse();
        assertThat(SignatureAlgorithm.ES256.fits(KeyType.EC, null)).isFalse();
        assertThat(SignatureAlgorithm.ES256.fits(KeyType.RSA, null)).isFalse();
    }

    @Test
    void rsaTakesEveryRsaKeyAndNoOther() {
        assertThat(SignatureAlgorithm.PS512.fits(KeyType.RSA, null)).isTrue();
        assertThat(SignatureAlgorithm.PS512.fits(KeyType.EC, Curve.P_521)).isFalse();
        assertThat(SignatureAlgorithm.RS256.fits(KeyType.AES, null)).isFalse();
    }

    @Test
    void findsWhatAKindOfKeyCanDo() {
        assertThat(SignatureAlgorithm.fitting(new KeySpec.Ec(Curve.P_521))).containsExactly(SignatureAlgorithm.ES512);
        assertThat(SignatureAlgorithm.fitting(new KeySpec.Rsa(2048))).hasSize(6);
    }
}
