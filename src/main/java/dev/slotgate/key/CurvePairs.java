package dev.slotgate.key;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyMaterial;
import dev.slotgate.hsm.PublicKeyInfo;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.jspecify.annotations.Nullable;

/** Checks private keys on curves that come from outside, and makes the public half of each. */
final class CurvePairs {

    private CurvePairs() {}

    /**
     * @param secret the private number as long as the field, or the seed of Ed25519
     * @param claimed the public half that came with it, if one did
     * @throws HsmException INVALID_FIELD
     */
    static KeyMaterial checked(Curve curve, byte[] secret, @Nullable PublicKey claimed) {
        if (secret.length != curve.fieldBytes()) {
            throw notOfTheCurve(curve);
        }
        try {
            PublicKey publicKey = PublicKeyInfo.ofPoint(curve, point(curve, secret));
            if (claimed != null && !claimed.equals(publicKey)) {
                throw HsmException.invalidField("material", "halves that belong together", "some that do not");
            }
            return new KeyMaterial.CurvePair(curve, publicKey, secret);
        } catch (GeneralSecurityException e) {
            throw notOfTheCurve(curve);
        }
    }

    static HsmException notOfTheCurve(Curve curve) {
        return HsmException.invalidField("material", "a key on the curve " + curve.jwkName(), "what is none");
    }

    private static byte[] point(Curve curve, byte[] secret) {
        if (curve == Curve.ED25519) {
            return new Ed25519PrivateKeyParameters(secret, 0)
                    .generatePublicKey()
                    .getEncoded();
        }
        X9ECParameters domain = CustomNamedCurves.getByName(curve.jcaName());
        var number = new BigInteger(1, secret);
        if (number.signum() == 0 || number.compareTo(domain.getN()) >= 0) {
            throw notOfTheCurve(curve);
        }
        return new FixedPointCombMultiplier()
                .multiply(domain.getG(), number)
                .normalize()
                .getEncoded(false);
    }
}
