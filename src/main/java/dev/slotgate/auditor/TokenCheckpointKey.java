package dev.slotgate.auditor;

import dev.slotgate.audit.CheckpointKey;
import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.ReservedToken;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.Signer;
import dev.slotgate.hsm.Usage;
import dev.slotgate.state.InstanceId;
import java.security.PublicKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The key for checkpoints, on the token that is the gateway's own; made when it is needed first, one for each gateway. */
@Component
class TokenCheckpointKey implements CheckpointKey {

    private final Keys keys;
    private final Signer signer;
    private final String label;
    private volatile @Nullable Key key;

    TokenCheckpointKey(Keys keys, Signer signer, InstanceId instance) {
        this.keys = keys;
        this.signer = signer;
        this.label = "audit-checkpoint-" + instance;
    }

    @Override
    public byte[] sign(byte[] digest) {
        try {
            return signer.sign(ReservedToken.SLOT, foundOrMade().id(), SignatureAlgorithm.ES256, digest);
        } catch (HsmException e) {
            // The token may have been replaced by another one.
            key = null;
            throw e;
        }
    }

    @Override
    public PublicKey publicKey() {
        return Objects.requireNonNull(foundOrMade().publicKey(), "a key pair has its public half");
    }

    private Key foundOrMade() {
        Key known = key;
        if (known == null) {
            known = find();
            key = known;
        }
        return known;
    }

    private Key find() {
        try {
            return keys.find(ReservedToken.SLOT, label);
        } catch (HsmException e) {
            if (e.failure() != HsmFailure.KEY_NOT_FOUND) {
                throw e;
            }
            return keys.generate(
                    ReservedToken.SLOT,
                    new NewKey(KeyId.random(), label, new KeySpec.OnCurve(Curve.P_256), Usage.SIGN, false));
        }
    }
}
