package dev.slotgate.key;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.SignatureAlgorithm;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** What signature algorithms are called in certificates and requests for them (RFC 4055, RFC 5758, RFC 8410). */
final class SignatureIdentifiers {

    private SignatureIdentifiers() {}

    static AlgorithmIdentifier of(SignatureAlgorithm algorithm) {
        Hash hash = algorithm.hash();
        return switch (algorithm.scheme()) {
            case RSA_PKCS1 -> new AlgorithmIdentifier(pkcs1(hash), DERNull.INSTANCE);
            case RSA_PSS -> new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS, pss(hash));
            case ECDSA -> new AlgorithmIdentifier(ecdsa(hash));
            case EDDSA -> new AlgorithmIdentifier(ASN1ObjectIdentifier.getInstance(Curve.ED25519.parameters()));
        };
    }

    private static ASN1ObjectIdentifier pkcs1(Hash hash) {
        return switch (hash) {
            case SHA_256 -> PKCSObjectIdentifiers.sha256WithRSAEncryption;
            case SHA_384 -> PKCSObjectIdentifiers.sha384WithRSAEncryption;
            case SHA_512 -> PKCSObjectIdentifiers.sha512WithRSAEncryption;
        };
    }

    private static ASN1ObjectIdentifier ecdsa(Hash hash) {
        return switch (hash) {
            case SHA_256 -> X9ObjectIdentifiers.ecdsa_with_SHA256;
            case SHA_384 -> X9ObjectIdentifiers.ecdsa_with_SHA384;
            case SHA_512 -> X9ObjectIdentifiers.ecdsa_with_SHA512;
        };
    }

    private static RSASSAPSSparams pss(Hash hash) {
        var digest = new AlgorithmIdentifier(new ASN1ObjectIdentifier(hash.oid()), DERNull.INSTANCE);
        return new RSASSAPSSparams(
                digest,
                new AlgorithmIdentifier(PKCSObjectIdentifiers.id_mgf1, digest),
                new ASN1Integer(hash.bytes()),
                RSASSAPSSparams.DEFAULT_TRAILER_FIELD);
    }
}
