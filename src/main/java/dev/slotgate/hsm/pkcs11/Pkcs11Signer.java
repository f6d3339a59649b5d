package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.Signer;
import dev.slotgate.hsm.SlotId;

/** Signs with the private keys of the bound slots. */
final class Pkcs11Signer implements Signer {

    private final BoundSlots slots;

    Pkcs11Signer(BoundSlots slots) {
        this.slots = slots;
    }

    @Override
    public byte[] sign(SlotId slot, KeyId key, SignatureAlgorithm algorithm, byte[] toBeSigned) {
        byte[] input = Mechanisms.signingInput(algorithm, toBeSigned);
        return slots.bound(slot)
                .use(key, (session, handle) -> session.signSingle(Mechanisms.signing(algorithm), handle, input));
    }
}
