package dev.slotgate.remote;

import dev.slotgate.hsm.EncryptionAlgorithm;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.remote.wire.Mechanism;
import org.jspecify.annotations.Nullable;

/**
 * What a mechanism that encrypts is to the gateway.
 *
 * @param iv of GCM
 * @param bound the label of OAEP, or the additional data of GCM
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record CipherMechanism(EncryptionAlgorithm algorithm, byte @Nullable [] iv, byte[] bound) {

    private static final long RSA_PKCS_OAEP = 0x9;
    private static final long AES_GCM = 0x1087;
    private static final long SHA_1 = 0x220;
    private static final long MGF1_SHA1 = 1;
    private static final long SHA_256 = 0x250;
    private static final long MGF1_SHA256 = 2;

    /** @throws CallRefused MECHANISM_INVALID, MECHANISM_PARAM_INVALID, KEY_TYPE_INCONSISTENT */
    static CipherMechanism of(Mechanism mechanism, Key key) {
        if (mechanism.type() == RSA_PKCS_OAEP) {
            require(key.type() == KeyType.RSA, ReturnCode.KEY_TYPE_INCONSISTENT);
            return new CipherMechanism(oaep(mechanism), null, mechanism.bytes(3));
        }
        require(mechanism.type() == AES_GCM, ReturnCode.MECHANISM_INVALID);
        require(key.type() == KeyType.AES, ReturnCode.KEY_TYPE_INCONSISTENT);
        byte[] iv = mechanism.bytes(0);
        require(
                iv.length == EncryptionAlgorithm.IV_BYTES
                        && mechanism.number(3) == EncryptionAlgorithm.TAG_BYTES * (long) Byte.SIZE,
                ReturnCode.MECHANISM_PARAM_INVALID);
        EncryptionAlgorithm gcm =
                EncryptionAlgorithm.gcm(key.size()).orElseThrow(() -> new CallRefused(ReturnCode.KEY_SIZE_RANGE));
        return new CipherMechanism(gcm, iv, mechanism.bytes(2));
    }

    private static EncryptionAlgorithm oaep(Mechanism mechanism) {
        long hash = mechanism.number(0);
        long mask = mechanism.number(1);
        if (hash == SHA_1 && mask == MGF1_SHA1) {
            return EncryptionAlgorithm.RSA_OAEP;
        }
        require(hash == SHA_256 && mask == MGF1_SHA256, ReturnCode.MECHANISM_PARAM_INVALID);
        return EncryptionAlgorithm.RSA_OAEP_256;
    }

    private static void require(boolean holds, ReturnCode otherwise) {
        if (!holds) {
            throw new CallRefused(otherwise);
        }
    }
}
