package dev.slotgate.remote;

import static dev.slotgate.remote.Cryptoki.*;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAttributes;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.PublicKeyInfo;
import dev.slotgate.hsm.Usage;
import java.io.IOException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DEROctetString;

/** The attributes of keys (PKCS#11 2.40 sections 4.7 to 4.10), made of what the gateway knows of them. */
final class KeyAttributeList {

    private KeyAttributeList() {}

    static AttributeList ofPublic(Key key) {
        return of(key, PUBLIC_KEY)
                .flag(PRIVATE, false)
                .flag(VERIFY, is(key, Usage.SIGN))
                .flag(ENCRYPT, is(key, Usage.DECRYPT))
                .flag(WRAP, is(key, Usage.WRAP))
                .noFlags(DERIVE, VERIFY_RECOVER, TRUSTED);
    }

    static AttributeList ofPrivate(Key key) {
        return kept(of(key, PRIVATE_KEY), key.attributes())
                .flag(SIGN, is(key, Usage.SIGN))
                .flag(DECRYPT, is(key, Usage.DECRYPT))
                .flag(UNWRAP, is(key, Usage.WRAP))
                .flag(DERIVE, is(key, Usage.DERIVE))
                .noFlags(SIGN_RECOVER, ALWAYS_AUTHENTICATE);
    }

    static AttributeList secret(Key key) {
        AttributeList list = kept(of(key, SECRET_KEY), key.attributes())
                .flag(ENCRYPT, is(key, Usage.ENCRYPT))
                .flag(DECRYPT, is(key, Usage.ENCRYPT))
                .flag(WRAP, is(key, Usage.WRAP))
                .flag(UNWRAP, is(key, Usage.WRAP))
                .flag(SIGN, is(key, Usage.MAC))
                .flag(VERIFY, is(key, Usage.MAC))
                .noFlags(DERIVE, TRUSTED);
        return key.size() == null ? list : list.number(VALUE_LEN, key.size() / Byte.SIZE);
    }

    private static boolean is(Key key, Usage usage) {
        return key.usage().contains(usage);
    }

    private static AttributeList of(Key key, long objectClass) {
        AttributeList list = new AttributeList()
                .number(CLASS, objectClass)
                .flag(TOKEN, true)
                .text(LABEL, key.label() == null ? "" : key.label())
                .flag(MODIFIABLE, key.attributes().modifiable())
                .number(KEY_TYPE, type(key.type()))
                .bytes(ID, key.hasCkaId() ? key.id().bytes() : new byte[0])
                .bytes(START_DATE, new byte[0])
                .bytes(END_DATE, new byte[0])
                .number(KEY_GEN_MECHANISM, UNAVAILABLE)
                .flag(LOCAL, key.attributes().local());
        if (objectClass != SECRET_KEY) {
            list.bytes(SUBJECT, new byte[0]);
            publicParts(list, key, objectClass);
        }
        return list;
    }

    private static AttributeList kept(AttributeList list, KeyAttributes attributes) {
        return list.flag(PRIVATE, true)
                .flag(SENSITIVE, attributes.sensitive())
                .flag(EXTRACTABLE, attributes.extractable())
                .flag(ALWAYS_SENSITIVE, attributes.alwaysSensitive())
                .flag(NEVER_EXTRACTABLE, attributes.neverExtractable())
                .flag(WRAP_WITH_TRUSTED, false);
    }

    /** Also on private keys: some clients look for the point there. */
    private static void publicParts(AttributeList list, Key key, long objectClass) {
        PublicKey publicKey = key.publicKey();
        Curve curve = key.curve();
        if (publicKey instanceof RSAPublicKey rsa) {
            list.integer(MODULUS, rsa.getModulus()).integer(PUBLIC_EXPONENT, rsa.getPublicExponent());
            if (objectClass == PUBLIC_KEY) {
                list.number(MODULUS_BITS, rsa.getModulus().bitLength());
            }
        } else if (curve != null) {
            list.bytes(EC_PARAMS, curve.parameters());
            if (publicKey != null) {
                list.bytes(EC_POINT, octets(PublicKeyInfo.point(publicKey)));
            }
        }
    }

    private static byte[] octets(byte[] point) {
        try {
            return new DEROctetString(point).getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException("bytes can always be encoded", e);
        }
    }

    private static long type(KeyType type) {
        return switch (type) {
            case RSA -> RSA;
            case EC -> EC;
            case OKP -> EC_EDWARDS;
            case AES -> AES;
            case HMAC -> GENERIC_SECRET;
        };
    }
}
