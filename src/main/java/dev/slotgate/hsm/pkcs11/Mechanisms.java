package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.EncryptionAlgorithm;
import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.MacAlgorithm;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.WrapAlgorithm;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.params.ECDH1_DERIVE_PARAMS;
import org.xipki.pkcs11.wrapper.params.GCM_PARAMS;
import org.xipki.pkcs11.wrapper.params.RSA_PKCS_OAEP_PARAMS;
import org.xipki.pkcs11.wrapper.params.RSA_PKCS_PSS_PARAMS;

/** Translates algorithms into mechanisms; those for signatures take a digest, which every token has. */
final class Mechanisms {

    private Mechanisms() {}

    static Mechanism signing(SignatureAlgorithm algorithm) {
        return switch (algorithm.scheme()) {
            case RSA_PKCS1 -> new Mechanism(CKM_RSA_PKCS);
            case RSA_PSS -> new Mechanism(CKM_RSA_PKCS_PSS, pss(algorithm.hash()));
            case ECDSA -> new Mechanism(CKM_ECDSA);
            case EDDSA -> new Mechanism(CKM_EDDSA);
        };
    }

    static Mechanism wrapping(WrapAlgorithm algorithm) {
        return switch (algorithm.scheme()) {
            case AES_KW -> new Mechanism(CKM_AES_KEY_WRAP);
            case AES_KWP -> new Mechanism(CKM_AES_KEY_WRAP_PAD);
            case OAEP_SHA_1 -> oaep(false);
            case OAEP_SHA_256 -> oaep(true);
        };
    }

    /** RSA-OAEP without a label: tokens, or the wrapper before them, get labels wrong. */
    static Mechanism oaep(boolean sha256) {
        return new Mechanism(
                CKM_RSA_PKCS_OAEP,
                sha256
                        ? new RSA_PKCS_OAEP_PARAMS(CKM_SHA256, CKG_MGF1_SHA256)
                        : new RSA_PKCS_OAEP_PARAMS(CKM_SHA_1, CKG_MGF1_SHA1));
    }

    /** @param iv of 12 bytes */
    static Mechanism gcm(byte[] iv, byte[] aad) {
        return new Mechanism(CKM_AES_GCM, new GCM_PARAMS(iv, aad, EncryptionAlgorithm.TAG_BYTES * Byte.SIZE));
    }

    static Mechanism mac(MacAlgorithm algorithm) {
        return new Mechanism(
                switch (algorithm) {
                    case HS256 -> CKM_SHA256_HMAC;
                    case HS384 -> CKM_SHA384_HMAC;
                    case HS512 -> CKM_SHA512_HMAC;
                    case AES_CMAC -> CKM_AES_CMAC;
                });
    }

    /** @param point bare */
    static Mechanism agreement(byte[] point) {
        return new Mechanism(CKM_ECDH1_DERIVE, new ECDH1_DERIVE_PARAMS(CKD_NULL, null, point));
    }

    /** What the mechanism is given to sign for a digest. */
    static byte[] signingInput(SignatureAlgorithm algorithm, byte[] digest) {
        return switch (algorithm.scheme()) {
            case RSA_PKCS1 -> algorithm.hash().digestInfo(digest);
            case RSA_PSS, ECDSA, EDDSA -> digest;
        };
    }

    private static RSA_PKCS_PSS_PARAMS pss(Hash hash) {
        return switch (hash) {
            case SHA_256 -> new RSA_PKCS_PSS_PARAMS(CKM_SHA256, CKG_MGF1_SHA256, hash.bytes());
            case SHA_384 -> new RSA_PKCS_PSS_PARAMS(CKM_SHA384, CKG_MGF1_SHA384, hash.bytes());
            case SHA_512 -> new RSA_PKCS_PSS_PARAMS(CKM_SHA512, CKG_MGF1_SHA512, hash.bytes());
        };
    }
}
