package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.SignatureVerifier;
import dev.slotgate.hsm.Signer;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.VerifiedSigner;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies what tokens sign: a faulty signature of RSA gives the private key away (Boneh, DeMillo, Lipton 1997). */
final class CheckedSigner implements VerifiedSigner {

    private static final Logger LOG = LoggerFactory.getLogger(CheckedSigner.class);
    private static final int ONE_IN = 100;

    private final Signer signer;
    private final SignatureChecks checks;
    private final Counter faulty;
    private final AtomicInteger others = new AtomicInteger();

    CheckedSigner(Signer signer, CryptoSettings settings, MeterRegistry meters) {
        this.signer = signer;
        this.checks = settings.verifySignatures();
        this.faulty = Counter.builder("slotgate.signatures.faulty")
                .description("Signatures that the public key of their key does not verify")
                .register(meters);
    }

    @Override
    public byte[] sign(SlotId slot, Key key, SignatureAlgorithm algorithm, byte[] input) {
        byte[] signature = checked(slot, key, algorithm, input, signer.sign(slot, key.id(), algorithm, input));
        if (signature == null) {
            throw VerifiedSigner.faulty();
        }
        return signature;
    }

    @Override
    public List<byte @Nullable []> signAll(SlotId slot, Key key, SignatureAlgorithm algorithm, List<byte[]> inputs) {
        List<byte[]> signatures = signer.signAll(slot, key.id(), algorithm, inputs);
        var checked = new ArrayList<byte @Nullable []>(signatures.size());
        for (int i = 0; i < signatures.size(); i++) {
            checked.add(checked(slot, key, algorithm, inputs.get(i), signatures.get(i)));
        }
        return checked;
    }

    private byte @Nullable [] checked(
            SlotId slot, Key key, SignatureAlgorithm algorithm, byte[] input, byte[] signature) {
        if (isGood(key, algorithm, input, signature)) {
            return signature;
        }
        faulty.increment();
        LOG.error(
                "Slot {}: the token made a signature with key {} that its public key does not verify", slot, key.id());
        return null;
    }

    private boolean isGood(Key key, SignatureAlgorithm algorithm, byte[] input, byte[] signature) {
        PublicKey publicKey = key.publicKey();
        return publicKey == null || !isChecked(key) || SignatureVerifier.verify(publicKey, algorithm, input, signature);
    }

    private boolean isChecked(Key key) {
        return switch (checks) {
            case OFF -> false;
            case ALL -> true;
            case RSA -> key.type() == KeyType.RSA || others.getAndUpdate(n -> (n + 1) % ONE_IN) == 0;
        };
    }
}
