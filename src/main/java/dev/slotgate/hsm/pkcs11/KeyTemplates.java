package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.Usage;
import java.math.BigInteger;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.KeyPairTemplate;
import org.xipki.pkcs11.wrapper.Mechanism;

/**
 * What a key pair is generated with. Every usage attribute is set on both halves, since tokens fill the gaps with more
 * than was asked for; the public half is a public object, or stock clients do not see it before they log in.
 */
final class KeyTemplates {

    private static final BigInteger F4 = BigInteger.valueOf(65537);

    private KeyTemplates() {}

    static Mechanism generation(KeySpec spec) {
        return new Mechanism(
                switch (spec) {
                    case KeySpec.Rsa _ -> CKM_RSA_PKCS_KEY_PAIR_GEN;
                    case KeySpec.Ec _ -> CKM_EC_KEY_PAIR_GEN;
                });
    }

    static KeyPairTemplate pair(NewKey order) {
        KeyPairTemplate pair = new KeyPairTemplate(keyType(order.spec()))
                .token(true)
                .private_(true, false)
                .id(order.id().bytes())
                .signVerify(order.usage() == Usage.SIGN)
                .signVerifyRecover(false)
                .decryptEncrypt(order.usage() == Usage.DECRYPT)
                .unwrapWrap(order.usage() == Usage.WRAP);
        pair.privateKey().derive(order.usage() == Usage.DERIVE).sensitive(true).extractable(order.extractable());
        pair.publicKey().derive(false);
        if (order.label() != null) {
            pair.labels(order.label());
        }
        addKind(pair.publicKey(), order.spec());
        return pair;
    }

    private static long keyType(KeySpec spec) {
        return switch (spec) {
            case KeySpec.Rsa _ -> CKK_RSA;
            case KeySpec.Ec _ -> CKK_EC;
        };
    }

    private static void addKind(AttributeVector publicKey, KeySpec spec) {
        switch (spec) {
            case KeySpec.Rsa rsa -> publicKey.modulusBits(rsa.bits()).publicExponent(F4);
            case KeySpec.Ec ec -> publicKey.ecParams(ec.curve().parameters());
        }
    }
}
