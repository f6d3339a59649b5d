package dev.slotgate.hsm;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.NullDigest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.engines.RSAEngine;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;
import org.bouncycastle.crypto.signers.RSADigestSigner;

/**
 * Verifies signatures with public keys, in software: it needs no token. Whatever a signature looks like, the
 * answer is yes or no.
 */
public final class SignatureVerifier {

    private SignatureVerifier() {}

    /**
     * Whether the signature is the key's.
     *
     * @param key of the kind that the algorithm needs
     * @param input what the algorithm makes of the message
     * @param signature as the token makes it: for ECDSA r and s one after the other
     */
    public static boolean verify(PublicKey key, SignatureAlgorithm algorithm, byte[] input, byte[] signature) {
        return switch (algorithm.scheme()) {
            case RSA_PKCS1 ->
                verify(
                        new RSADigestSigner(
                                new NullDigest(),
                                new ASN1ObjectIdentifier(algorithm.hash().oid())),
                        key,
                        input,
                        signature);
            case RSA_PSS ->
                verify(PSSSigner.createRawSigner(new RSAEngine(), bouncy(algorithm.hash())), key, input, signature);
            case ECDSA ->
                algorithm
                        .curve()
                        .filter(curve -> EcdsaVerifier.verify(curve, (ECPublicKey) key, input, signature))
                        .isPresent();
            case EDDSA -> verifyEd25519(key, input, signature);
        };
    }

    private static boolean verify(
            org.bouncycastle.crypto.Signer signer, PublicKey key, byte[] digest, byte[] signature) {
        var rsa = (RSAPublicKey) key;
        // RFC 8017 sections 8.1.2 and 8.2.2, step 1: the length must be that of the modulus.
        if (signature.length != PublicKeyInfo.modulusBytes(rsa)) {
            return false;
        }
        try {
            signer.init(false, new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent()));
        } catch (IllegalArgumentException e) {
            // Numbers that are no RSA key, for example an even modulus: nothing is a signature under them.
            return false;
        }
        signer.update(digest, 0, digest.length);
        return signer.verifySignature(signature);
    }

    private static boolean verifyEd25519(PublicKey key, byte[] input, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(input);
            return verifier.verify(signature);
        } catch (SignatureException | InvalidKeyException e) {
            // Under a key that is no point nothing is a signature, either.
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK knows Ed25519", e);
        }
    }

    private static Digest bouncy(Hash hash) {
        return switch (hash) {
            case SHA_256 -> SHA256Digest.newInstance();
            case SHA_384 -> new SHA384Digest();
            case SHA_512 -> new SHA512Digest();
        };
    }
}
