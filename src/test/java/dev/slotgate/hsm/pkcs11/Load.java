package dev.slotgate.hsm.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.JdkSignatures;
import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Usage;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xipki.pkcs11.wrapper.AttributeVector;

/** What callers of a slot do all day, with two keys of its own; every answer is checked, and a wrong one is an AssertionError. */
final class Load {

    private static final int POINT_BYTES = 65;
    private static final int ONE_GENERATION_IN = 400;

    private final Engine engine;
    private final SlotId slot;
    private final Key ec;
    private final Key rsa;
    private final Set<KeyId> refused = ConcurrentHashMap.newKeySet();

    Load(Engine engine, SlotId slot) {
        this.engine = engine;
        this.slot = slot;
        ec = generate(KeyId.random(), "fixed-ec", new KeySpec.OnCurve(Curve.P_256));
        rsa = generate(KeyId.random(), "fixed-rsa", new KeySpec.Rsa(2048));
    }

    /**
     * The n-th operation of the mix: 45 of 100 are ES256, 15 RS256, the others look for keys and at the slot; a few generate a
     * key.
     *
     * @throws HsmException when it failed
     */
    void operation(int n) {
        int part = n % 100;
        if (isGeneration(n)) {
            generateOne("made-" + n);
        } else if (part < 45) {
            sign(ec, SignatureAlgorithm.ES256, n);
        } else if (part < 60) {
            sign(rsa, SignatureAlgorithm.RS256, n);
        } else if (part < 80) {
            assertThat(engine.keys().find(slot, "fixed-ec")).isEqualTo(ec);
        } else if (part < 90) {
            assertThat(engine.keys().get(slot, rsa.id())).isEqualTo(rsa);
        } else if (part < 95) {
            assertThat(engine.slots().get(slot).serial()).isEqualTo(ec.token().serial());
        } else if (part < 99) {
            assertThat(engine.keys().list(slot)).contains(ec, rsa);
        } else {
            settleHalfAKey();
        }
    }

    private void generateOne(String label) {
        KeyId id = KeyId.random();
        try {
            assertThat(generate(id, label, new KeySpec.OnCurve(Curve.P_256)).label())
                    .isEqualTo(label);
        } catch (HsmException e) {
            if (!isSoftHsmsRace(e)) {
                throw e;
            }
            refused.add(id);
        }
    }

    /** What was refused was not made. */
    void assertRefusedKeysAreNotThere() {
        assertThat(engine.keys().list(slot)).extracting(Key::id).noneMatch(refused::contains);
        assertThat(refused)
                .as("keys left in halves")
                .noneMatch(id -> engine.keys().settle(slot, id, KeyClass.PRIVATE));
    }

    int refused() {
        return refused.size();
    }

    /**
     * What SoftHSM says now and then of a good template: it compares the class and the key type of the object that it has
     * just begun with the template's, and a session that lists objects meanwhile may have made it read the empty file again.
     */
    private static boolean isSoftHsmsRace(HsmException e) {
        return "CKR_TEMPLATE_INCONSISTENT".equals(e.returnCode()) && e.failure() == HsmFailure.REFUSED_BY_TOKEN;
    }

    /** A public half alone, as a generation that was cut short leaves it, is cleared away. */
    private void settleHalfAKey() {
        KeyId half = KeyId.random();
        if (makeHalf(half)) {
            assertThat(engine.keys().settle(slot, half, KeyClass.PRIVATE)).isFalse();
            assertThat(engine.keys().settle(slot, half, KeyClass.PRIVATE))
                    .as("nothing is left")
                    .isFalse();
        }
    }

    private boolean makeHalf(KeyId half) {
        byte[] spki = Objects.requireNonNull(ec.publicKey()).getEncoded();
        try {
            engine.asAnotherProgram(
                    slot,
                    session -> session.createObject(AttributeVector.newECPublicKey()
                            .token(true)
                            .private_(false)
                            .id(half.bytes())
                            .ecParams(Curve.P_256.parameters())
                            .ecPoint(Arrays.copyOfRange(spki, spki.length - POINT_BYTES, spki.length))));
            return true;
        } catch (HsmException e) {
            if (!isSoftHsmsRace(e)) {
                throw e;
            }
            refused.add(half);
            return false;
        }
    }

    static boolean isGeneration(int n) {
        return n % ONE_GENERATION_IN == ONE_GENERATION_IN - 1;
    }

    /** Whether the n-th operation needs another program to prepare it. */
    static boolean isOfAnotherProgram(int n) {
        return n % 100 == 99 && !isGeneration(n);
    }

    /** One ES256 signature. */
    void sign() {
        sign(ec, SignatureAlgorithm.ES256, 0);
    }

    /** The same, unchecked, for measurements of the token's side. */
    void signOnly() {
        engine.signer().sign(slot, ec.id(), SignatureAlgorithm.ES256, new byte[32]);
    }

    private void sign(Key key, SignatureAlgorithm algorithm, int n) {
        byte[] message = ByteBuffer.allocate(Integer.BYTES).putInt(n).array();
        byte[] signature =
                engine.signer().sign(slot, key.id(), algorithm, algorithm.hash().digest(message));
        assertThat(verifies(key, algorithm, message, signature))
                .as("signature of " + key.label())
                .isTrue();
    }

    private static boolean verifies(Key key, SignatureAlgorithm algorithm, byte[] message, byte[] signature) {
        try {
            Signature verifier = JdkSignatures.of(algorithm);
            verifier.initVerify(Objects.requireNonNull(key.publicKey()));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private Key generate(KeyId id, String label, KeySpec spec) {
        return engine.keys().generate(slot, new NewKey(id, label, spec, Usage.SIGN, false));
    }
}
