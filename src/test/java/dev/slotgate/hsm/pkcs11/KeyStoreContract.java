package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slotgate.JdkSignatures;
import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.ImportedKey;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyMaterial;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.UnwrappedKey;
import dev.slotgate.hsm.Usage;
import dev.slotgate.hsm.WrapAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.KeyPairTemplate;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Constants;

/** How keys come to every token, change on it, leave it and end, behind the port. */
abstract class KeyStoreContract extends SharedTokenContract {

    private static Stream<NewKey> secrets() {
        return Stream.of(
                secret(new KeySpec.Aes(128), Usage.ENCRYPT),
                secret(new KeySpec.Aes(192), Usage.MAC),
                secret(new KeySpec.Aes(256), Usage.WRAP),
                secret(new KeySpec.Hmac(256), Usage.MAC),
                secret(new KeySpec.Hmac(512), Usage.MAC));
    }

    @ParameterizedTest
    @MethodSource("secrets")
    void aSecretKeyIsMadeHiddenAndForOnePurpose(NewKey order) {
        assumeGenerates(order.spec());
        Key key = keys.generate(SLOT, order);

        assertThat(key.keyClass()).isEqualTo(KeyClass.SECRET);
        assertThat(key.size()).isEqualTo(order.spec().size());
        assertThat(key.usage()).containsExactly(order.usage());
        assertThat(key.attributes().sensitive()).isTrue();
        assertThat(key.attributes().extractable()).isFalse();
        assertThat(key.attributes().local()).isTrue();
        assertThat(key.publicKey()).isNull();
        assertThat(keys.list(SLOT)).contains(key);
    }

    @Test
    void anImportedRsaKeySignsAsItself() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pair = generator.generateKeyPair();
        var secret = (RSAPrivateCrtKey) pair.getPrivate();
        Key key = keys.bringIn(
                SLOT,
                imported(
                        new KeyMaterial.RsaPair(
                                pair.getPublic(),
                                BigIntegers.asUnsignedByteArray(secret.getPrivateExponent()),
                                BigIntegers.asUnsignedByteArray(secret.getPrimeP()),
                                BigIntegers.asUnsignedByteArray(secret.getPrimeQ()),
                                BigIntegers.asUnsignedByteArray(secret.getPrimeExponentP()),
                                BigIntegers.asUnsignedByteArray(secret.getPrimeExponentQ()),
                                BigIntegers.asUnsignedByteArray(secret.getCrtCoefficient())),
                        Usage.SIGN));

        assertThat(key.publicKey()).isEqualTo(pair.getPublic());
        assertThat(key.attributes().local()).isFalse();
        assertThat(key.attributes().sensitive()).isTrue();
        assertThat(verifies(key, SignatureAlgorithm.PS256)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("curves")
    void aKeyOnACurveCrossesFromOneTokenObjectToAnother(Curve curve, SignatureAlgorithm algorithm) throws Exception {
        assumeGenerates(new KeySpec.OnCurve(curve));
        var pair = SoftwareKeys.onCurve(curve);
        Key key = keys.bringIn(
                SLOT, imported(new KeyMaterial.CurvePair(curve, pair.publicKey(), pair.secret()), Usage.SIGN));

        assertThat(key.publicKey()).isEqualTo(pair.publicKey());
        assertThat(verifies(key, algorithm)).isTrue();
        Key half =
                keys.bringIn(SLOT, imported(new KeyMaterial.PublicHalf(curve.keyType(), pair.publicKey()), Usage.SIGN));
        assertThat(half.keyClass()).isEqualTo(KeyClass.PUBLIC);
        assertThat(half.usage()).containsExactly(Usage.SIGN);
        assertThat(half.publicKey()).isEqualTo(pair.publicKey());
    }

    private static Stream<Arguments> curves() {
        return Stream.of(SignatureAlgorithm.values())
                .filter(algorithm -> algorithm.curve().isPresent())
                .map(algorithm -> Arguments.of(algorithm.curve().orElseThrow(), algorithm));
    }

    @Test
    void anImportedSecretIsTheOneThatWasGiven() throws Exception {
        byte[] value = new byte[32];
        Arrays.fill(value, (byte) 5);
        Key key = keys.bringIn(SLOT, imported(new KeyMaterial.Secret(KeyType.HMAC, value.clone()), Usage.MAC));

        // openCryptoki does not tell the length of a secret that it did not make.
        assertThat(key.size()).isIn(256, null);
        assertThat(hmacOnToken(key.id())).isEqualTo(hmac(value));
    }

    @Test
    void aRefusedImportLeavesNothing() {
        KeyId id = KeyId.random();
        var twice = new ImportedKey(
                id, "a label of its own", new KeyMaterial.Secret(KeyType.AES, secretBytes(32)), Usage.ENCRYPT, false);
        keys.bringIn(SLOT, twice);
        assertFails(
                HsmFailure.LABEL_IN_USE,
                () -> keys.bringIn(
                        SLOT,
                        new ImportedKey(
                                KeyId.random(),
                                "a label of its own",
                                new KeyMaterial.Secret(KeyType.AES, secretBytes(32)),
                                Usage.ENCRYPT,
                                false)));
        assertThat(keys.list(SLOT))
                .filteredOn(key -> "a label of its own".equals(key.label()))
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"A256KW", "A256KWP", "RSA_OAEP", "RSA_OAEP_256"})
    void aWrappedSecretComesBackAsItself(WrapAlgorithm algorithm) throws Exception {
        Key wrapping = wrappingKey(algorithm);
        Key secret = keys.generate(SLOT, new NewKey(KeyId.random(), null, new KeySpec.Hmac(256), Usage.MAC, true));
        byte[] wrapped = wrapOrSkip(secret, wrapping, algorithm);
        Key back = engine.wrapping().unwrap(SLOT, unwrapped(wrapping, algorithm, wrapped, false));

        assertThat(back.usage()).containsExactly(Usage.MAC);
        assertThat(back.attributes().sensitive()).isTrue();
        assertThat(back.attributes().extractable()).isFalse();
        assertThat(back.attributes().local()).isFalse();
        assertThat(hmacOnToken(back.id())).isEqualTo(hmacOnToken(secret.id()));
        Key again = engine.wrapping().unwrap(SLOT, unwrapped(wrapping, algorithm, wrapped, true));
        assertThat(again.attributes().sensitive()).isTrue();
        assertThat(again.attributes().extractable()).isTrue();
    }

    @Test
    void whateverIsWrongWithWrappedBytesIsTheSameFailure() {
        Key wrapping = wrappingKey(WrapAlgorithm.RSA_OAEP);
        byte[] nonsense = new byte[256];
        nonsense[1] = 1;
        UnwrappedKey order = unwrapped(wrapping, WrapAlgorithm.RSA_OAEP, nonsense, false);
        assertFails(HsmFailure.DECRYPTION_FAILED, () -> engine.wrapping().unwrap(SLOT, order));
        assertFails(HsmFailure.KEY_NOT_FOUND, () -> keys.get(SLOT, order.id()));
    }

    @Test
    void onlyAKeyThatNeverLeavesWraps() {
        assumeHas(PKCS11Constants.CKM_RSA_PKCS_OAEP);
        Key secret = keys.generate(SLOT, new NewKey(KeyId.random(), null, new KeySpec.Aes(256), Usage.ENCRYPT, true));
        Key mayLeave = keys.generate(SLOT, new NewKey(KeyId.random(), null, RSA, Usage.WRAP, true));
        Key decrypts = keys.generate(SLOT, new NewKey(KeyId.random(), null, RSA, Usage.DECRYPT, false));
        Key foreign = keys.bringIn(SLOT, imported(new KeyMaterial.Secret(KeyType.AES, secretBytes(32)), Usage.WRAP));

        for (Key key : List.of(mayLeave, decrypts)) {
            assertFails(
                    HsmFailure.KEY_USAGE,
                    () -> engine.wrapping().wrap(SLOT, secret.id(), key.id(), WrapAlgorithm.RSA_OAEP));
        }
        assertFails(
                HsmFailure.KEY_USAGE,
                () -> engine.wrapping().wrap(SLOT, secret.id(), foreign.id(), WrapAlgorithm.A256KW));
    }

    @Test
    void aKeyThatIsNotExtractableStays() {
        Key wrapping = wrappingKey(WrapAlgorithm.RSA_OAEP);
        Key secret = keys.generate(SLOT, new NewKey(KeyId.random(), null, new KeySpec.Aes(256), Usage.ENCRYPT, false));
        assertFails(
                HsmFailure.KEY_NOT_EXTRACTABLE,
                () -> engine.wrapping().wrap(SLOT, secret.id(), wrapping.id(), WrapAlgorithm.RSA_OAEP));
    }

    @Test
    void aLabelChangesOnBothHalvesAndIsFoundAtOnce() {
        Key key = keys.generate(SLOT, new NewKey(KeyId.random(), "old name", RSA, Usage.SIGN, false));
        assertThat(keys.find(SLOT, "old name").id()).isEqualTo(key.id());

        assertThat(keys.relabel(SLOT, key.id(), "new name").label()).isEqualTo("new name");
        assertThat(keys.find(SLOT, "new name").id()).isEqualTo(key.id());
        assertFails(HsmFailure.KEY_NOT_FOUND, () -> keys.find(SLOT, "old name"));
        keys.generate(SLOT, new NewKey(KeyId.random(), "old name", RSA, Usage.SIGN, false));
        assertFails(HsmFailure.LABEL_IN_USE, () -> keys.relabel(SLOT, key.id(), "old name"));
    }

    @Test
    void aLabelIsHandedOnAndOnceMoreChangesNothing() {
        Key first = keys.generate(SLOT, new NewKey(KeyId.random(), "throne", RSA, Usage.SIGN, false));
        Key heir = keys.generate(SLOT, new NewKey(KeyId.random(), null, RSA, Usage.SIGN, false));

        for (int i = 0; i < 2; i++) {
            Key named = keys.handLabelOn(SLOT, first.id(), "throne~v1", heir.id(), "throne");
            assertThat(named.id()).isEqualTo(heir.id());
            assertThat(keys.find(SLOT, "throne").id()).isEqualTo(heir.id());
            assertThat(keys.find(SLOT, "throne~v1").id()).isEqualTo(first.id());
        }
    }

    @Test
    void aKeySignsOnWhileItsLabelChanges() throws Exception {
        Key key = keys.generate(SLOT, new NewKey(KeyId.random(), "moving", RSA, Usage.SIGN, false));

        Concurrently.beside(4, () -> sign(key, SignatureAlgorithm.RS256), () -> {
            for (int i = 0; i < 100; i++) {
                keys.relabel(SLOT, key.id(), "moved " + i);
            }
        });

        assertThat(verifies(key, SignatureAlgorithm.RS256)).isTrue();
        assertThat(keys.get(SLOT, key.id()).usage()).isEqualTo(key.usage());
    }

    @Test
    void aDestroyedKeyIsGoneWithItsCertificate() throws Exception {
        Key key = keys.generate(SLOT, new NewKey(KeyId.random(), "to be destroyed", RSA, Usage.SIGN, false));
        keys.find(SLOT, "to be destroyed");
        engine.certificates().put(SLOT, key.id(), SoftwareKeys.certificate());

        keys.destroy(SLOT, key.id());
        assertFails(HsmFailure.KEY_NOT_FOUND, () -> keys.get(SLOT, key.id()));
        assertFails(HsmFailure.KEY_NOT_FOUND, () -> keys.find(SLOT, "to be destroyed"));
        assertFails(HsmFailure.KEY_NOT_FOUND, () -> keys.destroy(SLOT, key.id()));
        assertThat(engine.certificates().find(SLOT, key.id())).isEmpty();
        assertThat(keys.list(SLOT)).extracting(Key::id).doesNotContain(key.id());
    }

    @Test
    void aCertificateIsReplacedAndTakenAway() throws Exception {
        Key key = keys.generate(SLOT, new NewKey(KeyId.random(), null, RSA, Usage.SIGN, false));
        byte[] one = SoftwareKeys.certificate();
        byte[] two = SoftwareKeys.certificate();
        engine.certificates().put(SLOT, key.id(), one);
        engine.certificates().put(SLOT, key.id(), two);

        assertThat(engine.certificates().find(SLOT, key.id())).hasValue(two);
        assertThat(engine.certificates().all(SLOT)).containsKey(key.id());
        assertThat(engine.certificates().remove(SLOT, key.id())).isTrue();
        assertThat(engine.certificates().remove(SLOT, key.id())).isFalse();
    }

    @Test
    void aKeyWithoutAnIdIsNamedByWhatItIs() {
        anotherProgram(session -> {
            var pair = new KeyPairTemplate(PKCS11Constants.CKK_RSA)
                    .token(true)
                    .labels("nameless")
                    .signVerify(true);
            pair.publicKey().modulusBits(2048);
            session.generateKeyPair(new Mechanism(PKCS11Constants.CKM_RSA_PKCS_KEY_PAIR_GEN), pair);
            return true;
        });

        Key found = keys.list(SLOT).stream()
                .filter(key -> "nameless".equals(key.label()))
                .findFirst()
                .orElseThrow();
        assertThat(found.hasCkaId()).isFalse();
        assertThat(found.keyClass()).isEqualTo(KeyClass.PRIVATE);
        assertThat(found.publicKey()).isNotNull();
        assertThat(keys.get(SLOT, found.id())).isEqualTo(found);
        assertThat(keys.find(SLOT, "nameless")).isEqualTo(found);
        assertThat(verifies(found, SignatureAlgorithm.RS256)).isTrue();
        keys.destroy(SLOT, found.id());
        assertThat(keys.list(SLOT)).extracting(Key::label).doesNotContain("nameless");
    }

    private Key wrappingKey(WrapAlgorithm algorithm) {
        boolean rsa = algorithm.fits(KeyType.RSA, 2048);
        assumeHas(Mechanisms.wrapping(algorithm).getMechanismCode());
        return keys.generate(
                SLOT, new NewKey(KeyId.random(), null, rsa ? RSA : new KeySpec.Aes(256), Usage.WRAP, false));
    }

    private byte[] wrapOrSkip(Key secret, Key wrapping, WrapAlgorithm algorithm) {
        try {
            return engine.wrapping().wrap(SLOT, secret.id(), wrapping.id(), algorithm);
        } catch (HsmException e) {
            assertThat(e.failure()).isEqualTo(HsmFailure.REFUSED_BY_TOKEN);
            assumeTrue(false, "token " + token.label() + ": " + e.getMessage());
            throw e;
        }
    }

    private byte[] sign(Key key, SignatureAlgorithm algorithm) {
        return engine.signer().sign(SLOT, key.id(), algorithm, algorithm.toBeSigned(MESSAGE));
    }

    private static UnwrappedKey unwrapped(Key wrapping, WrapAlgorithm algorithm, byte[] wrapped, boolean extractable) {
        return new UnwrappedKey(
                KeyId.random(),
                null,
                wrapping.id(),
                algorithm,
                wrapped,
                KeyType.HMAC,
                null,
                null,
                Usage.MAC,
                extractable);
    }

    private static NewKey secret(KeySpec spec, Usage usage) {
        return new NewKey(KeyId.random(), null, spec, usage, false);
    }

    private static ImportedKey imported(KeyMaterial material, Usage usage) {
        return new ImportedKey(KeyId.random(), null, material, usage, false);
    }

    private static byte[] secretBytes(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 7);
        return bytes;
    }

    private byte[] hmacOnToken(KeyId id) {
        byte[] ckaId = id.bytes();
        return anotherProgram(session -> {
            long key = session.findAllObjectsSingle(new AttributeVector()
                    .class_(PKCS11Constants.CKO_SECRET_KEY)
                    .id(ckaId))[0];
            return session.signSingle(new Mechanism(PKCS11Constants.CKM_SHA256_HMAC), key, MESSAGE);
        });
    }

    private static byte[] hmac(byte[] key) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(MESSAGE);
    }

    private boolean verifies(Key key, SignatureAlgorithm algorithm) {
        try {
            byte[] signature = sign(key, algorithm);
            Signature verifier = JdkSignatures.of(algorithm);
            verifier.initVerify(key.publicKey());
            verifier.update(MESSAGE);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
