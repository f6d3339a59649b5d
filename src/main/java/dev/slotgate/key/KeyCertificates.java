package dev.slotgate.key;

import dev.slotgate.hsm.Certificates;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x509.Certificate;
import org.springframework.stereotype.Service;

/** The certificates of keys: a key's own is in its token, where other programs find it, those above it in the database. */
@Service
class KeyCertificates {

    private static final Duration QUICK = Duration.ofMillis(50);

    private final GrantedKeys granted;
    private final Certificates certificates;
    private final CertificateIssuers issuers;
    private final Map<SlotId, Seen<KeyId, byte[]>> seen = new ConcurrentHashMap<>();

    KeyCertificates(GrantedKeys granted, Certificates certificates, CertificateIssuers issuers) {
        this.granted = granted;
        this.certificates = certificates;
        this.issuers = issuers;
    }

    /** The issuers come first: they belong to a certificate, and without it to none. */
    void put(SlotId slot, String id, CertificateChain chain, KeyUser user) {
        Key key = granted.see(slot, id, user);
        if (!fits(key, chain.leaf())) {
            throw new HsmException(
                    HsmFailure.CERTIFICATE_MISMATCH, "The first certificate is not one for the key's public half.");
        }
        if (!key.hasCkaId()) {
            throw HsmException.inField(
                    HsmFailure.KEY_USAGE, "key", "key: this one has no CKA_ID that a certificate could share");
        }
        issuers.put(key.token().serial(), key.id(), chain);
        certificates.put(slot, key.id(), chain.leaf());
        of(slot).put(key.id(), chain.leaf());
    }

    /** PEM. @throws HsmException CERTIFICATE_NOT_FOUND */
    String get(SlotId slot, String id, KeyUser user) {
        Key key = granted.see(slot, id, user);
        byte[] leaf = certificates.find(slot, key.id()).orElseThrow(() -> none(slot, id));
        var pem = new StringBuilder();
        chain(key, leaf).forEach(certificate -> pem.append(Pem.of("CERTIFICATE", certificate)));
        return pem.toString();
    }

    void remove(SlotId slot, String id, KeyUser user) {
        Key key = granted.see(slot, id, user);
        boolean removed = certificates.remove(slot, key.id());
        of(slot).remove(key.id());
        issuers.remove(key.token().serial(), key.id());
        if (!removed) {
            throw none(slot, id);
        }
    }

    /** The certificate that stands for each key of a slot that has one. */
    Map<KeyId, byte[]> all(SlotId slot) {
        return of(slot).now();
    }

    /** A key's certificate and those above it that are known, each in DER. */
    List<byte[]> chain(Key key, byte[] leaf) {
        var chain = new ArrayList<byte[]>();
        chain.add(leaf);
        chain.addAll(issuers.of(key.token().serial(), key.id(), leaf));
        return chain;
    }

    /** Whether a certificate is one for the key: other programs write any under its id. */
    static boolean fits(Key key, byte[] certificate) {
        try {
            byte[] info = Certificate.getInstance(certificate)
                    .getSubjectPublicKeyInfo()
                    .getEncoded();
            return key.publicKey() != null
                    && Arrays.equals(info, key.publicKey().getEncoded());
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /** There are others now. */
    void forgetAll() {
        seen.clear();
    }

    private Seen<KeyId, byte[]> of(SlotId slot) {
        return seen.computeIfAbsent(slot, _ -> new Seen<>(() -> certificates.all(slot), QUICK));
    }

    private static HsmException none(SlotId slot, String id) {
        return new HsmException(
                HsmFailure.CERTIFICATE_NOT_FOUND, "The key " + id + " on slot " + slot + " has no certificate.");
    }
}
