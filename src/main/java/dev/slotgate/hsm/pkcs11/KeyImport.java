package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.ImportedKey;
import dev.slotgate.hsm.KeyMaterial;
import dev.slotgate.hsm.KeyOrder;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.PublicKeyInfo;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/** Makes token objects of keys that come from outside. */
final class KeyImport {

    private KeyImport() {}

    /** Of a pair the private half comes last: nobody uses one whose public half is missing. */
    static void create(Session session, ImportedKey order) throws TokenException {
        switch (order.material()) {
            case KeyMaterial.RsaPair pair -> {
                createPublic(session, order, KeyType.RSA, pair.publicKey());
                session.createObject(rsa(order, pair));
            }
            case KeyMaterial.CurvePair pair -> {
                createPublic(session, order, pair.type(), pair.publicKey());
                session.createObject(KeyTemplates.privateHalf(order, pair.type())
                        .token(true)
                        .ecParams(pair.curve().parameters())
                        .value(pair.secret()));
            }
            case KeyMaterial.PublicHalf half -> createPublic(session, order, half.type(), half.publicKey());
            case KeyMaterial.Secret secret ->
                session.createObject(
                        KeyTemplates.secret(order, secret.type()).token(true).value(secret.value()));
        }
    }

    /** Creates the public half of a key. */
    static void createPublic(Session session, KeyOrder order, KeyType type, PublicKey publicKey) throws TokenException {
        AttributeVector template = KeyTemplates.publicHalf(order, type).token(true);
        if (publicKey instanceof RSAPublicKey rsa) {
            template.modulus(rsa.getModulus()).publicExponent(rsa.getPublicExponent());
        } else {
            Curve curve = PublicKeyInfo.curve(publicKey).orElseThrow();
            template.ecParams(curve.parameters()).ecPoint(EncodedPoint.encode(PublicKeyInfo.point(publicKey)));
        }
        create(session, template);
    }

    /** Below the wrapper's own way, which wraps a point once more, and that of Ed25519 in a BIT STRING. */
    private static void create(Session session, AttributeVector template) throws TokenException {
        try {
            session.getModule()
                    .getPKCS11Module()
                    .C_CreateObject(session.getSessionHandle(), template.toCkAttributes(), true);
        } catch (iaik.pkcs.pkcs11.wrapper.PKCS11Exception e) {
            throw session.getModule().convertException(e);
        }
    }

    private static AttributeVector rsa(ImportedKey order, KeyMaterial.RsaPair pair) {
        var publicKey = (RSAPublicKey) pair.publicKey();
        return KeyTemplates.privateHalf(order, KeyType.RSA)
                .token(true)
                .modulus(publicKey.getModulus())
                .publicExponent(publicKey.getPublicExponent())
                .privateExponent(new BigInteger(1, pair.privateExponent()))
                .prime1(new BigInteger(1, pair.prime1()))
                .prime2(new BigInteger(1, pair.prime2()))
                .exponent1(new BigInteger(1, pair.exponent1()))
                .exponent2(new BigInteger(1, pair.exponent2()))
                .coefficient(new BigInteger(1, pair.coefficient()));
    }
}
