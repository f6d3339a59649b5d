package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
        return signAll(slot, key, algorithm, List.of(input)).getFirst();
    }

    @Override
    public List<byte[]> signAll(SlotId slot, Key key, SignatureAlgorithm algorithm, List<byte[]> inputs) {
        List<byte[]> signatures = signer.signAll(slot, key.id(), algorithm, inputs);
        int good = 0;
        while (good < signatures.size() && isGood(key, algorithm, inputs.get(good), signatures.get(good))) {
            good++;
        }
        if (good < signatures.size()) {
            faulty.increment();
            LOG.error(
                    "Slot {}: the token made a signature with key {} that its public key does not verify",
                    slot,
                    key.id());
        }
        if (good == 0) {
            throw new HsmException(HsmFailure.SIGNATURE_FAULTY, "The token made a signature that does not verify.");
        }
        return signatures.subList(0, good);
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
