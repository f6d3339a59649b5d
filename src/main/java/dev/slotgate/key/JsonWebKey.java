package dev.slotgate.key;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyMaterial;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.PublicKeyInfo;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads JSON Web Keys (RFC 7517, RFC 7518 section 6, RFC 8037). */
final class JsonWebKey {

    private static final byte UNCOMPRESSED = 4;

    private JsonWebKey() {}

    /** @param type of a secret key, whose JWK does not tell it. @throws HsmException INVALID_FIELD */
    static KeyMaterial read(JsonNode material, KeyType type) {
        try {
            return switch (JWK.parse(material.isString() ? material.asString() : material.toString())) {
                case RSAKey rsa -> rsa(rsa);
                case ECKey ec -> onCurve(curve(ec.getCurve().getName()), ecPoint(ec), ec.getD());
                case OctetKeyPair okp ->
                    onCurve(curve(okp.getCurve().getName()), okp.getX().decode(), okp.getD());
                case OctetSequenceKey secret -> SecretKeys.checked(secret.toByteArray(), type);
                default -> throw notOne();
            };
        } catch (ParseException | GeneralSecurityException | RuntimeException e) {
            if (e instanceof HsmException told) {
                throw told;
            }
            throw notOne();
        }
    }

    private static KeyMaterial rsa(RSAKey key) throws GeneralSecurityException {
        if (key.getPrivateExponent() == null) {
            return PublicHalves.checked(KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(
                            key.getModulus().decodeToBigInteger(),
                            key.getPublicExponent().decodeToBigInteger())));
        }
        if (key.getFirstPrimeFactor() == null) {
            throw HsmException.invalidField("material", "an RSA key with p, q, dp, dq and qi", "one without");
        }
        return new RsaNumbers(
                        number(key.getModulus()),
                        number(key.getPublicExponent()),
                        number(key.getPrivateExponent()),
                        number(key.getFirstPrimeFactor()),
                        number(key.getSecondPrimeFactor()),
                        number(key.getFirstFactorCRTExponent()),
                        number(key.getSecondFactorCRTExponent()),
                        number(key.getFirstCRTCoefficient()))
                .checked();
    }

    private static KeyMaterial onCurve(Curve curve, byte[] point, @Nullable Base64URL secret)
            throws GeneralSecurityException {
        PublicKey publicKey = PublicKeyInfo.ofPoint(curve, point);
        return secret == null ? PublicHalves.checked(publicKey) : CurvePairs.checked(curve, secret.decode(), publicKey);
    }

    /** The coordinates have the length of the field (RFC 7518 section 6.2.1.2). */
    private static byte[] ecPoint(ECKey key) {
        var point = new ByteArrayOutputStream();
        point.write(UNCOMPRESSED);
        point.writeBytes(key.getX().decode());
        point.writeBytes(key.getY().decode());
        return point.toByteArray();
    }

    private static Curve curve(String name) {
        return Curve.named(name)
                .orElseThrow(() -> HsmException.invalidField("material", "a key on a curve on offer", "another"));
    }

    private static BigInteger number(Base64URL value) {
        return value.decodeToBigInteger();
    }

    private static HsmException notOne() {
        return HsmException.invalidField("material", "a JSON Web Key of RSA, EC, OKP or oct", "another value");
    }
}
