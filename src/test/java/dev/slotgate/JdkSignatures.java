package dev.slotgate;

import dev.slotgate.hsm.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The JDK's own signatures, which know nothing of ours: what one side signs, the other must verify. */
public final class JdkSignatures {

    private JdkSignatures() {}

    /** Of the algorithm over a message; ECDSA as r and s one after the other. */
    public static Signature of(SignatureAlgorithm algorithm) throws GeneralSecurityException {
        String hash = algorithm.hash().jcaName();
        return switch (algorithm.scheme()) {
            case RSA_PKCS1 -> Signature.getInstance(hash.replace("-", "") + "withRSA");
            case RSA_PSS -> pss(hash, algorithm.hash().bytes());
            case ECDSA -> ecdsa(algorithm, hash);
            case EDDSA -> Signature.getInstance("Ed25519");
        };
    }

    /** The JDK has dropped secp256k1. */
    private static Signature ecdsa(SignatureAlgorithm algorithm, String hash) throws GeneralSecurityException {
        return algorithm == SignatureAlgorithm.ES256K
                ? Signature.getInstance("SHA256withPLAIN-ECDSA", new BouncyCastleProvider())
                : Signature.getInstance(hash.replace("-", "") + "withECDSAinP1363Format");
    }

    private static Signature pss(String hash, int salt) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), salt, 1));
        return signature;
    }
}
