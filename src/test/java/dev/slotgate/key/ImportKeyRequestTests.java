package dev.slotgate.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.ImportedKey;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyMaterial;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.Usage;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ImportKeyRequestTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final KeyPair RSA = pair("RSA", null);
    private static final KeyPair EC = pair("EC", "secp384r1");

    @Test
    void readsAnRsaKeyInDerAndInPem() {
        for (String material : new String[] {
            base64(RSA.getPrivate().getEncoded()),
            pem("PRIVATE KEY", RSA.getPrivate().getEncoded())
        }) {
            ImportedKey order = order("pkcs8", material, "RSA", "sign");
            var pair = (KeyMaterial.RsaPair) order.material();
            assertThat(pair.publicKey()).isEqualTo(RSA.getPublic());
            assertThat(new BigInteger(1, pair.prime1())).isEqualTo(((RSAPrivateCrtKey) RSA.getPrivate()).getPrimeP());
            assertThat(order.usage()).isEqualTo(Usage.SIGN);
            assertThat(order.extractable()).isFalse();
        }
    }

    @Test
    void findsThePublicHalfOfAKeyOnACurve() {
        var ec = (KeyMaterial.CurvePair) order("pkcs8", base64(EC.getPrivate().getEncoded()), "EC", "derive")
                .material();
        assertThat(ec.curve()).isEqualTo(Curve.P_384);
        assertThat(ec.publicKey()).isEqualTo(EC.getPublic());

        KeyPair edwards = pair("Ed25519", null);
        var okp = (KeyMaterial.CurvePair)
                order("pkcs8", base64(edwards.getPrivate().getEncoded()), "OKP", "sign")
                        .material();
        assertThat(okp.publicKey()).isEqualTo(edwards.getPublic());
    }

    @Test
    void readsSecrets() {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 3);
        var aes = (KeyMaterial.Secret)
                order("raw", base64(secret), "AES", "encrypt").material();
        assertThat(aes.value()).isEqualTo(secret);
        assertThat(order("raw", base64(secret), "HMAC", "mac").material().type())
                .isEqualTo(KeyType.HMAC);
    }

    @Test
    void readsPublicKeysForWhatTheyDo() {
        ImportedKey verifies = order("spki", pem("PUBLIC KEY", EC.getPublic().getEncoded()), "EC", "verify");
        assertThat(verifies.usage()).isEqualTo(Usage.SIGN);
        assertThat(verifies.material()).isEqualTo(new KeyMaterial.PublicHalf(KeyType.EC, EC.getPublic()));
        assertThat(order("spki", base64(RSA.getPublic().getEncoded()), "RSA", "encrypt")
                        .usage())
                .isEqualTo(Usage.DECRYPT);
        assertRefused("usage", "spki", base64(RSA.getPublic().getEncoded()), "RSA", "wrap");
    }

    @Test
    void readsJsonWebKeys() throws Exception {
        String ec = new ECKey.Builder(com.nimbusds.jose.jwk.Curve.P_384, (ECPublicKey) EC.getPublic())
                .privateKey((ECPrivateKey) EC.getPrivate())
                .build()
                .toJSONString();
        assertThat(((KeyMaterial.CurvePair) order("jwk", ec, "EC", "sign").material()).publicKey())
                .isEqualTo(EC.getPublic());
        String rsa = new RSAKey.Builder((RSAPublicKey) RSA.getPublic())
                .privateKey(RSA.getPrivate())
                .build()
                .toJSONString();
        assertThat(order("jwk", rsa, "RSA", "decrypt").material()).isInstanceOf(KeyMaterial.RsaPair.class);
        String secret = "{\"kty\":\"oct\",\"k\":\"AQIDBAUGBwgJCgsMDQ4PEA\"}";
        assertThat(order("jwk", secret, "AES", "mac").material().type()).isEqualTo(KeyType.AES);
        assertThat(order(
                                "jwk",
                                new ECKey.Builder(com.nimbusds.jose.jwk.Curve.P_384, (ECPublicKey) EC.getPublic())
                                        .build()
                                        .toJSONString(),
                                "EC",
                                "verify")
                        .material())
                .isInstanceOf(KeyMaterial.PublicHalf.class);
        assertRefused("material", "jwk", "{\"kty\":\"EC\"}", "EC", "sign");
        assertRefused("material", "jwk", "[]", "EC", "sign");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void refusesRsaNumbersThatDoNotFit(int wrong) throws Exception {
        var key = (RSAPrivateCrtKey) RSA.getPrivate();
        BigInteger[] numbers = {
            key.getModulus(),
            key.getPublicExponent(),
            key.getPrivateExponent(),
            key.getPrimeP(),
            key.getPrimeQ(),
            key.getPrimeExponentP(),
            key.getPrimeExponentQ(),
            key.getCrtCoefficient()
        };
        numbers[wrong] = numbers[wrong].add(BigInteger.TWO);
        byte[] encoded = new PrivateKeyInfo(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption),
                        new RSAPrivateKey(
                                numbers[0],
                                numbers[1],
                                numbers[2],
                                numbers[3],
                                numbers[4],
                                numbers[5],
                                numbers[6],
                                numbers[7]))
                .getEncoded();
        assertRefused("material", "pkcs8", base64(encoded), "RSA", "sign");
    }

    @Test
    void refusesWhatIsNotMadeHereEither() {
        assertRefused("material", "pkcs8", base64(smallRsa().getPrivate().getEncoded()), "RSA", "sign");
        assertRefused("material", "spki", base64(smallRsa().getPublic().getEncoded()), "RSA", "verify");
        assertRefused("material", "raw", base64(new byte[32]), "AES", "encrypt");
        assertRefused("material", "raw", base64(new byte[] {1, 2, 3}), "AES", "encrypt");
        assertRefused("material", "raw", base64(ones(16)), "HMAC", "mac");
        assertRefused("type", "raw", base64(ones(32)), "EC", "sign");
        assertRefused("usage", "raw", base64(ones(32)), "AES", "wrap");
        assertRefused("usage", "pkcs8", base64(RSA.getPrivate().getEncoded()), "RSA", "wrap");
    }

    @Test
    void refusesWhatIsOfAnotherFormOrType() throws Exception {
        assertRefused("material", "pkcs8", "not base64!", "RSA", "sign");
        assertRefused("material", "pkcs8", base64(ones(10)), "RSA", "sign");
        assertRefused("material", "pkcs8", "-----BEGIN PRIVATE KEY-----\nAAAA", "RSA", "sign");
        assertRefused("material", "pkcs8", pem("RSA PRIVATE KEY", ones(10)), "RSA", "sign");
        assertRefused("material", "pkcs8", base64(RSA.getPrivate().getEncoded()), "EC", "sign");
        assertRefused("material", "spki", base64(RSA.getPrivate().getEncoded()), "RSA", "verify");
        assertRefused("material", "pkcs8", base64(new byte[] {0x30, 0}), "RSA", "sign");
        assertRefused("material", "pkcs8", base64(withoutACurve()), "EC", "sign");
        assertRefused("material", "raw", null, "AES", "encrypt");
        assertRefused("format", "pkcs12", "AAAA", "AES", "encrypt");
        for (String encrypted : new String[] {base64(encrypted()), pem("ENCRYPTED PRIVATE KEY", encrypted())}) {
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> order("pkcs8", encrypted, "RSA", "sign"))
                    .withMessageContaining("crypt")
                    .returns("material", HsmException::field);
        }
    }

    private static void assertRefused(
            String field, String format, @Nullable String material, String type, String usage) {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> order(format, material, type, usage))
                .returns(HsmFailure.INVALID_FIELD, HsmException::failure)
                .returns(field, HsmException::field);
    }

    private static ImportedKey order(String format, @Nullable String material, String type, String usage) {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", format).put("material", material).put("type", type);
        json.putArray("usage").add(usage);
        return JSON.treeToValue(json, ImportKeyRequest.class).order(KeyId.random());
    }

    private static byte[] withoutACurve() throws Exception {
        PrivateKeyInfo whole = PrivateKeyInfo.getInstance(EC.getPrivate().getEncoded());
        return new PrivateKeyInfo(
                        new AlgorithmIdentifier(whole.getPrivateKeyAlgorithm().getAlgorithm()), whole.parsePrivateKey())
                .getEncoded();
    }

    private static byte[] encrypted() throws Exception {
        return new EncryptedPrivateKeyInfo(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2), ones(100))
                .getEncoded();
    }

    private static KeyPair smallRsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(1024);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair(String algorithm, @Nullable String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (curve != null) {
                generator.initialize(new ECGenParameterSpec(curve));
            } else if (algorithm.equals("RSA")) {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] ones(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 1);
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String pem(String label, byte[] der) {
        return Pem.of(label, der);
    }
}
