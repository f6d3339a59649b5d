package dev.slotgate.crypto;

import dev.slotgate.hsm.EncryptionAlgorithm;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.KeyUses;
import dev.slotgate.hsm.MacAlgorithm;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.SlotId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Uses keys as calls over HTTP do: each use is the same request to the same service. */
@Service
class DirectUses implements KeyUses {

    private final Signatures signatures;
    private final Macs macs;
    private final Encryptions encryptions;
    private final Keyless keyless;

    DirectUses(Signatures signatures, Macs macs, Encryptions encryptions, Keyless keyless) {
        this.signatures = signatures;
        this.macs = macs;
        this.encryptions = encryptions;
        this.keyless = keyless;
    }

    @Override
    public byte[] sign(SlotId slot, KeyId key, SignatureAlgorithm algorithm, byte[] input, KeyUser user) {
        boolean digest = algorithm.scheme().takesDigest();
        var request = new SignRequest(
                key.hex(), algorithm.name(), digest ? null : input, digest ? input : null, SignatureFormat.RAW.word());
        return signatures.sign(slot, request, user).signature();
    }

    @Override
    public boolean verify(
            SlotId slot, KeyId key, SignatureAlgorithm algorithm, byte[] input, byte[] signature, KeyUser user) {
        boolean digest = algorithm.scheme().takesDigest();
        var request = new VerifyRequest(
                key.hex(),
                algorithm.name(),
                digest ? null : input,
                digest ? input : null,
                signature,
                SignatureFormat.RAW.word());
        return signatures.verify(slot, request, user).valid();
    }

    @Override
    public byte[] mac(SlotId slot, KeyId key, MacAlgorithm algorithm, byte[] message, KeyUser user) {
        return macs.mac(slot, new MacRequest(key.hex(), algorithm.joseName(), message), user)
                .mac();
    }

    @Override
    public boolean verifyMac(SlotId slot, KeyId key, MacAlgorithm algorithm, byte[] message, byte[] mac, KeyUser user) {
        return macs.verify(slot, new MacVerifyRequest(key.hex(), algorithm.joseName(), message, mac), user)
                .valid();
    }

    @Override
    public byte[] encrypt(
            SlotId slot, KeyId key, EncryptionAlgorithm algorithm, byte[] label, byte[] plaintext, KeyUser user) {
        var request = new EncryptRequest(key.hex(), algorithm.joseName(), plaintext, null, label);
        return encryptions.encrypt(slot, request, user).ciphertext();
    }

    @Override
    public byte[] decrypt(
            SlotId slot,
            KeyId key,
            EncryptionAlgorithm algorithm,
            byte @Nullable [] iv,
            byte[] bound,
            byte[] ciphertext,
            KeyUser user) {
        return encryptions
                .decrypt(slot, request(key, algorithm, iv, bound, ciphertext), user)
                .plaintext();
    }

    private static DecryptRequest request(
            KeyId key, EncryptionAlgorithm algorithm, byte @Nullable [] iv, byte[] bound, byte[] ciphertext) {
        String name = algorithm.joseName();
        if (!algorithm.isGcm()) {
            return new DecryptRequest(key.hex(), name, ciphertext, null, null, null, bound);
        }
        int length = Math.max(0, ciphertext.length - EncryptionAlgorithm.TAG_BYTES);
        byte[] tag = Arrays.copyOfRange(ciphertext, length, ciphertext.length);
        return new DecryptRequest(key.hex(), name, Arrays.copyOf(ciphertext, length), iv, tag, bound, null);
    }

    @Override
    public byte[] random(SlotId slot, int length) {
        return keyless.random(slot, new RandomRequest(length)).random();
    }
}
