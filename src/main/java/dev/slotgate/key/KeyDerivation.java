package dev.slotgate.key;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.ImportedKey;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAccess;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyCrypto;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyMaterial;
import dev.slotgate.hsm.KeyOperation;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.PublicKeyInfo;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Usage;
import java.security.PublicKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Derives keys that another side derives too (ECDH-ES, RFC 7518 section 4.6). The token agrees on a secret; what makes a key
 * of it no token offers, so secret and key are in the gateway's memory for a moment, and wiped.
 */
@Service
class KeyDerivation {

    private static final byte[] NOTHING = {};

    private final KeyAccess keys;
    private final KeyCrypto crypto;
    private final KeyMaker maker;

    KeyDerivation(KeyAccess keys, KeyCrypto crypto, KeyMaker maker) {
        this.keys = keys;
        this.crypto = crypto;
        this.maker = maker;
    }

    KeyResponse derive(SlotId slot, DeriveKeyRequest request, KeyUser user, KeyId newKey) {
        String named = request.checkedKey();
        request.checkAlgorithm();
        PublicKey peer = request.checkedPublicKey();
        KeyType type = request.checkedType();
        int bits = request.checkedSize(type);
        Usage usage = request.checkedUsage(type);
        String label = KeyLabel.checked(request.label());
        KeyMetadata told = KeyMetadata.ofNew(
                Tags.checked(request.tags()), Algorithms.checked(request.algorithms(), type, bits, null, usage), bits);
        Key key = keys.find(slot, named, new KeyAccess.Use(KeyOperation.DERIVE, DeriveKeyRequest.ALGORITHM, user));
        checkDerives(key, PublicKeyInfo.curve(peer).orElseThrow());
        byte[] secret = crypto.agree(slot, key.id(), peer);
        byte[] derived = ConcatKdf.derive(
                secret, bits, request.algorithmId(usage, bits), orNothing(request.apu()), orNothing(request.apv()));
        Arrays.fill(secret, (byte) 0);
        boolean extractable = Boolean.TRUE.equals(request.extractable());
        try (var order = new ImportedKey(newKey, label, new KeyMaterial.Secret(type, derived), usage, extractable)) {
            return maker.make(slot, order, told);
        }
    }

    private static void checkDerives(Key key, Curve peer) {
        if (key.keyClass() != KeyClass.PRIVATE || !key.isOnlyFor(Usage.DERIVE)) {
            throw HsmException.inField(
                    HsmFailure.KEY_USAGE, "key", "key: expected a key with the usage derive alone, got another");
        }
        if (key.curve() != peer) {
            throw HsmException.inField(
                    HsmFailure.ALGORITHM_MISMATCH,
                    "publicKey",
                    "publicKey: expected one of kind " + key.kind() + ", as the key is, got one on " + peer.jwkName());
        }
    }

    private static byte[] orNothing(byte @Nullable [] bytes) {
        return bytes == null ? NOTHING : bytes;
    }
}
