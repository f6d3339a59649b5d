package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.AlgorithmSupport;
import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.EncryptionAlgorithm;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.ImportedKey;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyCrypto;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyMaterial;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.MacAlgorithm;
import dev.slotgate.hsm.MacStream;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.OaepBlock;
import dev.slotgate.hsm.Usage;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What keys of every token do with data, behind the port; software that knows nothing of ours is the judge. */
abstract class KeyCryptoContract extends SharedTokenContract {

    private static final byte[] IV = new byte[EncryptionAlgorithm.IV_BYTES];
    private static final byte[] NOTHING = {};

    private KeyCrypto crypto() {
        return engine.crypto();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000})
    void whatOneSideSealsTheOtherOpens(int length) throws Exception {
        assumeHas(CKM_AES_GCM);
        byte[] secret = bytes(32);
        Key key = imported(KeyType.AES, secret, Usage.ENCRYPT);
        byte[] plaintext = bytes(length);

        byte[] sealed = crypto().seal(SLOT, key.id(), IV, MESSAGE, plaintext);

        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(128, IV));
        cipher.updateAAD(MESSAGE);
        assertThat(sealed).isEqualTo(cipher.doFinal(plaintext));
        assertThat(crypto().open(SLOT, key.id(), IV, MESSAGE, sealed)).isEqualTo(plaintext);
    }

    @Test
    void whatWasChangedDoesNotOpen() {
        assumeHas(CKM_AES_GCM);
        Key key = imported(KeyType.AES, bytes(16), Usage.ENCRYPT);
        byte[] sealed = crypto().seal(SLOT, key.id(), IV, NOTHING, MESSAGE);
        sealed[0] ^= 1;

        assertFails(HsmFailure.DECRYPTION_FAILED, () -> crypto().open(SLOT, key.id(), IV, NOTHING, sealed));
        assertFails(
                HsmFailure.DECRYPTION_FAILED,
                () -> crypto().open(SLOT, key.id(), IV, NOTHING, Arrays.copyOf(sealed, 16)));
        assertThat(crypto().random(SLOT, 8)).as("the slot is as it was").hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA-OAEP", "RSA-OAEP-256"})
    void oaepIsOpenedOrLeftToBeDecoded(String name) throws Exception {
        EncryptionAlgorithm algorithm = EncryptionAlgorithm.NAMES.find(name).orElseThrow();
        Key key = keys.generate(SLOT, new NewKey(KeyId.random(), null, RSA, Usage.DECRYPT, false));
        byte[] ciphertext = oaep(
                Objects.requireNonNull(key.publicKey()), algorithm.oaepHash().orElseThrow());

        OaepBlock opened = crypto().openOaep(SLOT, key.id(), algorithm, false, ciphertext);
        if (opened.decoded()) {
            assertThat(opened.bytes()).isEqualTo(MESSAGE);
        } else {
            assertThat(opened.bytes()).hasSize(256).startsWith(0);
        }
        assertThat(crypto().openOaep(SLOT, key.id(), algorithm, true, ciphertext)
                        .decoded())
                .isFalse();
        ciphertext[100] ^= 1;
        if (opened.decoded()) {
            assertFails(
                    HsmFailure.DECRYPTION_FAILED,
                    () -> crypto().openOaep(SLOT, key.id(), algorithm, false, ciphertext));
        }
    }

    private static byte[] oaep(PublicKey key, String hash) throws Exception {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                key,
                new OAEPParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT));
        return cipher.doFinal(MESSAGE);
    }

    @ParameterizedTest
    @EnumSource
    void aMacIsThatOfOtherSoftware(MacAlgorithm algorithm) throws Exception {
        assumeHas(Mechanisms.mac(algorithm).getMechanismCode());
        boolean isHmac = algorithm.hash().isPresent();
        byte[] secret = bytes(isHmac ? 64 : 16);
        Key key = imported(isHmac ? KeyType.HMAC : KeyType.AES, secret, Usage.MAC);

        assertThat(crypto().mac(SLOT, key.id(), algorithm, MESSAGE)).isEqualTo(mac(algorithm, secret, MESSAGE));
        if (TokenHabits.of(engine.slots().get(SLOT).manufacturer()).multiPartMac()) {
            assertThat(crypto().mac(SLOT, key.id(), algorithm, NOTHING)).isEqualTo(mac(algorithm, secret, NOTHING));
        } else {
            assertFails(HsmFailure.REFUSED_BY_TOKEN, () -> crypto().mac(SLOT, key.id(), algorithm, NOTHING));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMacOfPartsIsThatOfTheWholeWhereTheTokenMakesThem(MacAlgorithm algorithm) throws Exception {
        assumeHas(Mechanisms.mac(algorithm).getMechanismCode());
        boolean isHmac = algorithm.hash().isPresent();
        byte[] secret = bytes(isHmac ? 64 : 16);
        Key key = imported(isHmac ? KeyType.HMAC : KeyType.AES, secret, Usage.MAC);
        byte[] message = bytes(200_000);

        Optional<MacStream> begun = engine.macStreams().begin(SLOT, key.id(), algorithm);

        boolean safe = TokenHabits.of(engine.slots().get(SLOT).manufacturer()).multiPartMac();
        assertThat(begun.isPresent()).isEqualTo(safe);
        if (safe) {
            assertThat(inUse()).isEqualTo(1);
            engine.macStreams().update(SLOT, begun.get(), Arrays.copyOf(message, 70_000));
            engine.macStreams().update(SLOT, begun.get(), NOTHING);
            assertThat(crypto().mac(SLOT, key.id(), algorithm, MESSAGE))
                    .as("others work meanwhile")
                    .isEqualTo(mac(algorithm, secret, MESSAGE));
            engine.macStreams().update(SLOT, begun.get(), Arrays.copyOfRange(message, 70_000, message.length));
            assertThat(engine.macStreams().end(SLOT, begun.get())).isEqualTo(mac(algorithm, secret, message));
        }
        await().until(() -> inUse() == 0);
    }

    @Test
    void aMacThatIsGivenUpLeavesNoSessionInUse() {
        MacStream begun = begunMac();
        engine.macStreams().update(SLOT, begun, MESSAGE);

        engine.macStreams().abort(SLOT, begun);
        engine.macStreams().abort(SLOT, begun);

        assertFails(HsmFailure.SLOT_BUSY, () -> engine.macStreams().end(SLOT, begun));
        await().until(() -> inUse() == 0);
    }

    @Test
    void whoNeedsTheTokenAloneDoesNotWaitForAMacOfParts() {
        MacStream begun = begunMac();

        engine.logins().lock(SLOT);
        engine.logins().unlock(SLOT, TestTokens.pin(token.userPin()), false);

        assertFails(
                EnumSet.of(HsmFailure.SLOT_BUSY, HsmFailure.TOKEN_UNAVAILABLE),
                () -> engine.macStreams().update(SLOT, begun, MESSAGE));
        await().until(() -> inUse() == 0);
    }

    private MacStream begunMac() {
        assumeHas(CKM_SHA256_HMAC);
        Key key = imported(KeyType.HMAC, bytes(64), Usage.MAC);
        Optional<MacStream> begun = engine.macStreams().begin(SLOT, key.id(), MacAlgorithm.HS256);
        assumeTrue(begun.isPresent(), "the token makes no MACs of parts");
        return begun.get();
    }

    private int inUse() {
        return engine.status(SLOT).sessions().inUse();
    }

    private static byte[] mac(MacAlgorithm algorithm, byte[] secret, byte[] message) throws Exception {
        if (algorithm.hash().isEmpty()) {
            var mac = new CMac(AESEngine.newInstance());
            mac.init(new KeyParameter(secret));
            mac.update(message, 0, message.length);
            byte[] made = new byte[mac.getMacSize()];
            mac.doFinal(made, 0);
            return made;
        }
        String hash = algorithm.hash().get().jcaName().replace("-", "");
        Mac mac = Mac.getInstance("Hmac" + hash);
        mac.init(new SecretKeySpec(secret, "Hmac"));
        return mac.doFinal(message);
    }

    @ParameterizedTest
    @EnumSource(names = {"P_256", "P_384", "P_521"})
    void bothSidesAgree(Curve curve) {
        assumeHas(CKM_ECDH1_DERIVE);
        Key alice =
                keys.generate(SLOT, new NewKey(KeyId.random(), null, new KeySpec.OnCurve(curve), Usage.DERIVE, false));
        Key bob =
                keys.generate(SLOT, new NewKey(KeyId.random(), null, new KeySpec.OnCurve(curve), Usage.DERIVE, false));

        byte[] here = crypto().agree(SLOT, alice.id(), Objects.requireNonNull(bob.publicKey()));
        byte[] there = crypto().agree(SLOT, bob.id(), Objects.requireNonNull(alice.publicKey()));

        assertThat(MessageDigest.isEqual(here, there)).isTrue();
        assertThat(here).hasSize(curve.fieldBytes());
    }

    @Test
    void theTokenTellsWhatItCanDo() {
        var told = engine.slots().mechanisms(SLOT);

        assertThat(told.mechanisms())
                .anyMatch(mechanism -> mechanism.name().equals("CKM_RSA_PKCS")
                        && mechanism.code() == CKM_RSA_PKCS
                        && mechanism.flags().contains("sign"));
        assertThat(told.algorithms())
                .extracting(AlgorithmSupport::name)
                .contains(
                        "ES256",
                        "EdDSA",
                        "RSA-OAEP-256",
                        "A256GCM",
                        "A256KWP",
                        "HS512",
                        "AES-CMAC",
                        "SHA-384",
                        "ECDH-ES");
        assertThat(told.algorithms())
                .filteredOn(each -> each.name().equals("A256GCM"))
                .allMatch(each -> each.operations().get("encrypt")
                        == (told.mechanisms().stream().anyMatch(m -> m.code() == CKM_AES_GCM)
                                ? AlgorithmSupport.Support.NATIVE
                                : AlgorithmSupport.Support.UNAVAILABLE));
    }

    private Key imported(KeyType type, byte[] secret, Usage usage) {
        return keys.bringIn(
                SLOT,
                new ImportedKey(KeyId.random(), null, new KeyMaterial.Secret(type, secret.clone()), usage, false));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
