package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.Certificates;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.SlotId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1Integer;
import org.xipki.pkcs11.wrapper.AttributeVector;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenException;

/** The certificates of keys on the bound slots. */
final class Pkcs11Certificates implements Certificates {

    private final BoundSlots slots;

    Pkcs11Certificates(BoundSlots slots) {
        this.slots = slots;
    }

    @Override
    public Optional<byte[]> find(SlotId slot, KeyId key) {
        return slots.bound(slot).read(session -> {
            long[] found = handles(session, key);
            return found.length == 0
                    ? Optional.empty()
                    : Optional.ofNullable(
                            session.getAttrValues(found[0], CKA_VALUE).value());
        });
    }

    @Override
    public Map<KeyId, byte[]> all(SlotId slot) {
        return slots.bound(slot).read(session -> {
            var all = new TreeMap<KeyId, byte[]>();
            var template = new AttributeVector().class_(CKO_CERTIFICATE).certificateType(CKC_X_509);
            for (long handle : ObjectSearch.handles(session, template)) {
                AttributeVector read = session.getAttrValues(handle, CKA_ID, CKA_VALUE);
                byte[] id = read.id();
                byte[] value = read.value();
                if (id != null && id.length > 0 && id.length <= KeyId.MAX_BYTES && value != null) {
                    all.putIfAbsent(KeyId.of(id), value);
                }
            }
            return all;
        });
    }

    /** A certificate cannot be changed: the new one comes first, so that there is always one, and alone, so that none stays beside it. */
    @Override
    public void put(SlotId slot, KeyId key, byte[] certificate) {
        AttributeVector template = template(key, certificate);
        slots.bound(slot).changeAlone((session, nowChanging) -> {
            long[] old = handles(session, key);
            nowChanging.run();
            session.createObject(template);
            for (long handle : old) {
                session.destroyObject(handle);
            }
            return true;
        });
    }

    @Override
    public boolean remove(SlotId slot, KeyId key) {
        return slots.bound(slot).change((session, nowChanging) -> {
            nowChanging.run();
            return destroy(session, key);
        });
    }

    /** @return whether there was one */
    static boolean destroy(Session session, KeyId key) throws TokenException {
        long[] handles = handles(session, key);
        for (long handle : handles) {
            session.destroyObject(handle);
        }
        return handles.length > 0;
    }

    /** A certificate is found by its subject, issuer and serial number too (PKCS#11 2.40 section 4.6.3). */
    private static AttributeVector template(KeyId key, byte[] encoded) {
        try {
            var certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
            return AttributeVector.newX509Certificate()
                    .token(true)
                    .private_(false)
                    .id(key.bytes())
                    .subject(certificate.getSubjectX500Principal().getEncoded())
                    .issuer(certificate.getIssuerX500Principal().getEncoded())
                    .serialNumber(new ASN1Integer(certificate.getSerialNumber()).getEncoded())
                    .value(encoded);
        } catch (CertificateException | IOException e) {
            throw HsmException.invalidField("certificate", "an X.509 certificate", "something else");
        }
    }

    private static long[] handles(Session session, KeyId key) throws TokenException {
        return ObjectSearch.handles(
                session,
                new AttributeVector()
                        .class_(CKO_CERTIFICATE)
                        .certificateType(CKC_X_509)
                        .id(key.bytes()));
    }
}
