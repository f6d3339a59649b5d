package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * A certificate and those above it, each signed by the next.
 *
 * @param certificates at least one, each in DER
 */
record CertificateChain(List<byte[]> certificates) {

    private static final int MAX = 10;

    /** @throws HsmException INVALID_FIELD when it is no PEM of certificates, CERTIFICATE_MISMATCH when they are no chain */
    static CertificateChain ofPem(String pem) {
        var certificates = new ArrayList<byte[]>();
        try (var reader = new PemReader(new StringReader(pem))) {
            for (PemObject next = reader.readPemObject(); next != null; next = reader.readPemObject()) {
                if (!next.getType().equals("CERTIFICATE")) {
                    throw invalid("something else in PEM");
                }
                certificates.add(next.getContent());
            }
        } catch (IOException | IllegalArgumentException e) {
            throw invalid("what is no PEM");
        }
        if (certificates.isEmpty() || certificates.size() > MAX) {
            throw invalid(certificates.size() + " certificates");
        }
        var chain = new CertificateChain(certificates);
        chain.check();
        return chain;
    }

    byte[] leaf() {
        return certificates.getFirst();
    }

    List<byte[]> issuers() {
        return certificates.subList(1, certificates.size());
    }

    private void check() {
        List<X509Certificate> parsed =
                certificates.stream().map(CertificateChain::parse).toList();
        for (int i = 0; i + 1 < parsed.size(); i++) {
            X509Certificate issuer = parsed.get(i + 1);
            try {
                if (!parsed.get(i).getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
                    throw noChain(i);
                }
                parsed.get(i).verify(issuer.getPublicKey());
            } catch (GeneralSecurityException e) {
                throw noChain(i);
            }
        }
    }

    private static X509Certificate parse(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw invalid("what is no certificate");
        }
    }

    private static HsmException noChain(int i) {
        return new HsmException(
                HsmFailure.CERTIFICATE_MISMATCH,
                "Certificate " + (i + 1) + " of the chain is not signed by the one that follows it.");
    }

    private static HsmException invalid(String came) {
        return HsmException.invalidField("body", "1 to " + MAX + " certificates in PEM, the key's own first", came);
    }
}
