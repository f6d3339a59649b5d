package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.PublicKeyInfo;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;
import org.xipki.pkcs11.wrapper.AttributeVector;

/** Makes public keys of the attributes that a token shows; empty when they are no key that is on offer. */
final class PublicKeys {

    private static final byte UNCOMPRESSED = 4;

    private PublicKeys() {}

    static Optional<PublicKey> of(KeyObject object) {
        try {
            return switch (object.type()) {
                case RSA -> rsa(object.attributes());
                case EC, OKP -> onCurve(object);
                case AES, HMAC -> Optional.empty();
            };
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Optional<PublicKey> rsa(AttributeVector attributes) throws GeneralSecurityException {
        BigInteger modulus = attributes.modulus();
        BigInteger exponent = attributes.publicExponent();
        if (modulus == null || exponent == null) {
            return Optional.empty();
        }
        return Optional.of(KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)));
    }

    private static Optional<PublicKey> onCurve(KeyObject object) throws GeneralSecurityException {
        byte[] parameters = object.attributes().ecParams();
        byte[] encoded = object.attributes().ecPoint();
        Curve curve = parameters == null ? null : Curve.ofParameters(parameters).orElse(null);
        if (curve == null || curve.keyType() != object.type() || encoded == null) {
            return Optional.empty();
        }
        byte[] point = EncodedPoint.decode(encoded, curve);
        boolean hasTheForm = object.type() != KeyType.EC || point[0] == UNCOMPRESSED;
        return hasTheForm ? Optional.of(PublicKeyInfo.ofPoint(curve, point)) : Optional.empty();
    }
}
