package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.Signer;
import dev.slotgate.hsm.SlotId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Signs with the private keys of the bound slots. */
final class Pkcs11Signer implements Signer {

    private final BoundSlots slots;

    Pkcs11Signer(BoundSlots slots) {
        this.slots = slots;
    }

    @Override
    public byte[] sign(SlotId slot, KeyId key, SignatureAlgorithm algorithm, byte[] toBeSigned) {
        return signAll(slot, key, algorithm, List.of(toBeSigned)).getFirst();
    }

    @Override
    public List<byte[]> signAll(SlotId slot, KeyId key, SignatureAlgorithm algorithm, List<byte[]> inputs) {
        // By place, since a call that was given up may come back late.
        var made = new AtomicReferenceArray<byte @Nullable []>(inputs.size());
        try {
            slots.bound(slot).use(key, (session, handle) -> {
                // Where a session that failed left off, another one goes on.
                for (int i = signed(made).size(); i < inputs.size(); i++) {
                    byte[] input = Mechanisms.signingInput(algorithm, inputs.get(i));
                    made.set(i, session.signSingle(Mechanisms.signing(algorithm), handle, input));
                }
                return made;
            });
        } catch (HsmException e) {
            if (made.get(0) == null) {
                throw e;
            }
        }
        return signed(made);
    }

    private static List<byte[]> signed(AtomicReferenceArray<byte @Nullable []> made) {
        var signatures = new ArrayList<byte[]>(made.length());
        for (int i = 0; i < made.length(); i++) {
            byte[] signature = made.get(i);
            if (signature == null) {
                break;
            }
            signatures.add(signature);
        }
        return signatures;
    }
}
