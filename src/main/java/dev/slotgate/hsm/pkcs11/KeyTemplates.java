package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.KeyOrder;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.Usage;
import java.math.BigInteger;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.KeyPairTemplate;
import org.xipki.pkcs11.wrapper.Mechanism;

/**
 * What keys are made with. Every usage attribute is set on both halves, since tokens fill the gaps with more than was asked
 * for; the public half is a public object, or stock clients do not see it before they log in.
 */
final class KeyTemplates {

    private static final BigInteger F4 = BigInteger.valueOf(65537);

    private KeyTemplates() {}

    static Mechanism generation(KeySpec spec) {
        return new Mechanism(
                switch (spec) {
                    case KeySpec.Rsa _ -> CKM_RSA_PKCS_KEY_PAIR_GEN;
                    case KeySpec.OnCurve key when key.curve() == Curve.ED25519 -> CKM_EC_EDWARDS_KEY_PAIR_GEN;
                    case KeySpec.OnCurve _ -> CKM_EC_KEY_PAIR_GEN;
                    case KeySpec.Aes _ -> CKM_AES_KEY_GEN;
                    case KeySpec.Hmac _ -> CKM_GENERIC_SECRET_KEY_GEN;
                });
    }

    /** A pair that the token makes. */
    static KeyPairTemplate pair(NewKey order) {
        AttributeVector publicHalf = publicHalf(order, order.spec().type());
        switch (order.spec()) {
            case KeySpec.Rsa rsa -> publicHalf.modulusBits(rsa.bits()).publicExponent(F4);
            case KeySpec.OnCurve key -> publicHalf.ecParams(key.curve().parameters());
            case KeySpec.Aes _, KeySpec.Hmac _ -> throw new IllegalArgumentException("a secret key has no halves");
        }
        return new KeyPairTemplate(privateHalf(order, order.spec().type()).token(true), publicHalf.token(true));
    }

    /** A secret key that the token makes. */
    static AttributeVector secret(NewKey order) {
        Integer bits = order.spec().size();
        return secret(order, order.spec().type()).token(true).valueLen(bits == null ? 0 : bits / Byte.SIZE);
    }

    static AttributeVector privateHalf(KeyOrder order, KeyType type) {
        Usage usage = order.usage();
        return labelled(order, AttributeVector.newPrivateKey(KeyTypes.code(type)))
                .private_(true)
                .sensitive(true)
                .extractable(order.extractable())
                .sign(usage == Usage.SIGN)
                .signRecover(false)
                .decrypt(usage == Usage.DECRYPT)
                .unwrap(usage == Usage.WRAP)
                .derive(usage == Usage.DERIVE);
    }

    static AttributeVector publicHalf(KeyOrder order, KeyType type) {
        Usage usage = order.usage();
        return labelled(order, AttributeVector.newPublicKey(KeyTypes.code(type)))
                .private_(false)
                .verify(usage == Usage.SIGN)
                .verifyRecover(false)
                .encrypt(usage == Usage.DECRYPT)
                .wrap(usage == Usage.WRAP)
                .derive(false);
    }

    static AttributeVector secret(KeyOrder order, KeyType type) {
        Usage usage = order.usage();
        return labelled(order, AttributeVector.newSecretKey(KeyTypes.code(type)))
                .private_(true)
                .sensitive(true)
                .extractable(order.extractable())
                .sign(usage == Usage.MAC)
                .verify(usage == Usage.MAC)
                .encrypt(usage == Usage.ENCRYPT)
                .decrypt(usage == Usage.ENCRYPT)
                .wrap(usage == Usage.WRAP)
                .unwrap(usage == Usage.WRAP)
                .derive(false);
    }

    private static AttributeVector labelled(KeyOrder order, AttributeVector template) {
        template.id(order.id().bytes());
        return order.label() == null ? template : template.label(order.label());
    }
}
