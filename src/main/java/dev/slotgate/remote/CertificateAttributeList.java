package dev.slotgate.remote;

import static dev.slotgate.remote.Cryptoki.*;

import dev.slotgate.hsm.Key;
import dev.slotgate.remote.wire.Attribute;
import java.io.IOException;
import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.Certificate;

/** The attributes of a key's certificate (PKCS#11 2.40 section 4.6.3). */
final class CertificateAttributeList {

    private CertificateAttributeList() {}

    static Map<Long, Attribute.Value> of(Key key, byte[] encoded) {
        AttributeList list = new AttributeList()
                .number(CLASS, CERTIFICATE)
                .flag(TOKEN, true)
                .flag(PRIVATE, false)
                .text(LABEL, key.label() == null ? "" : key.label())
                .flag(MODIFIABLE, false)
                .number(CERTIFICATE_TYPE, 0)
                .number(CERTIFICATE_CATEGORY, 0)
                .flag(TRUSTED, false)
                .bytes(ID, key.id().bytes())
                .bytes(START_DATE, new byte[0])
                .bytes(END_DATE, new byte[0])
                .bytes(VALUE, encoded);
        try {
            Certificate certificate = Certificate.getInstance(encoded);
            list.bytes(SUBJECT, der(certificate.getSubject()))
                    .bytes(ISSUER, der(certificate.getIssuer()))
                    .bytes(SERIAL_NUMBER, der(certificate.getSerialNumber()));
        } catch (IOException | IllegalArgumentException e) {
            // Other programs write what they like: what is no certificate has a value and nothing more.
            list.bytes(SUBJECT, new byte[0]);
        }
        return list.map();
    }

    private static byte[] der(ASN1Encodable value) throws IOException {
        return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
    }
}
