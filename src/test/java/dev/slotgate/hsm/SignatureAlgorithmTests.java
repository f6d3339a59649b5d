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
    void edDsaTakesTheMessageAndEd25519() {
        byte[] message = {1, 2, 3};
        assertThat(SignatureAlgorithm.EdDSA.fits(KeyType.OKP, Curve.ED25519)).isTrue();
        assertThat(SignatureAlgorithm.EdDSA.fits(KeyType.EC, Curve.P_256)).isFalse();
        assertThat(SignatureAlgorithm.EdDSA.toBeSigned(message)).isEqualTo(message);
        assertThat(SignatureAlgorithm.ES256.toBeSigned(message)).isEqualTo(Hash.SHA_256.digest(message));
    }
}
