package dev.slotgate.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.proc.JWSVerifierFactory;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Verifies signatures of JWS: RSA and ECDSA by Nimbus, Ed25519 by the JDK, for which Nimbus would need another library. */
final class JwsSignatures {

    private static final JWSVerifierFactory VERIFIERS = new DefaultJWSVerifierFactory();

    /** What comes before the 32 bytes of an Ed25519 key in its SubjectPublicKeyInfo (RFC 8410). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int ED25519_BYTES = 32;

    private JwsSignatures() {}

    /**
     * Whether the key made the signature with the algorithm.
     *
     * @param key one that {@link TokenAlgorithm#keys} takes
     */
    static boolean verify(CompactJws jws, TokenAlgorithm algorithm, JWK key) {
        try {
            if (key instanceof OctetKeyPair pair) {
                return verifyEd25519(jws, pair);
            }
            PublicKey publicKey = ((AsymmetricJWK) key).toPublicKey();
            // Of the token's own header the verifier gets nothing but the algorithm.
            var header = new JWSHeader(algorithm.jose());
            return VERIFIERS
                    .createJWSVerifier(header, publicKey)
                    .verify(header, jws.input(), Base64URL.encode(jws.signature()));
        } catch (JOSEException | GeneralSecurityException e) {
            // A signature that is out of form is a wrong one.
            return false;
        }
    }

    private static boolean verifyEd25519(CompactJws jws, OctetKeyPair key) throws GeneralSecurityException {
        byte[] x = key.getDecodedX();
        if (x.length != ED25519_BYTES) {
            return false;
        }
        byte[] info = new byte[ED25519_PREFIX.length + ED25519_BYTES];
        System.arraycopy(ED25519_PREFIX, 0, info, 0, ED25519_PREFIX.length);
        System.arraycopy(x, 0, info, ED25519_PREFIX.length, ED25519_BYTES);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(info)));
        signature.update(jws.input());
        return signature.verify(jws.signature());
    }
}
