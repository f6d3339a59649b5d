package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.WrapAlgorithm;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.params.RSA_PKCS_OAEP_PARAMS;
import org.xipki.pkcs11.wrapper.params.RSA_PKCS_PSS_PARAMS;

/** Translates signature algorithms into mechanisms that take a digest, which every token has. */
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
            case OAEP_SHA_1 -> new Mechanism(CKM_RSA_PKCS_OAEP, new RSA_PKCS_OAEP_PARAMS(CKM_SHA_1, CKG_MGF1_SHA1));
            case OAEP_SHA_256 ->
                new Mechanism(CKM_RSA_PKCS_OAEP, new RSA_PKCS_OAEP_PARAMS(CKM_SHA256, CKG_MGF1_SHA256));
        };
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
