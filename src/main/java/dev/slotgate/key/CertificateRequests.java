package dev.slotgate.key;

import dev.slotgate.hsm.EcdsaEncoding;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAccess;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyOperation;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.SignatureScheme;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Usage;
import dev.slotgate.hsm.VerifiedSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.PublicKey;
import java.util.List;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.Attribute;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.springframework.stereotype.Service;

/** Makes certification requests (PKCS#10, RFC 2986) that are signed in the token. */
@Service
class CertificateRequests {

    private final GrantedKeys granted;
    private final VerifiedSigner signer;

    CertificateRequests(GrantedKeys granted, VerifiedSigner signer) {
        this.granted = granted;
        this.signer = signer;
    }

    /** @return DER */
    byte[] request(SlotId slot, String id, CsrRequest request, KeyUser user) {
        Key key = granted.see(slot, id, user);
        PublicKey publicKey = key.publicKey();
        if (publicKey == null
                || key.keyClass() != KeyClass.PRIVATE
                || !key.usage().contains(Usage.SIGN)) {
            throw HsmException.inField(
                    HsmFailure.KEY_USAGE, "key", "key: expected a whole key that signs, got another");
        }
        SignatureAlgorithm algorithm = request.checkedAlgorithm(key);
        granted.checkUse(key, new KeyAccess.Use(KeyOperation.SIGN, algorithm.name(), user));
        var info = new CertificationRequestInfo(
                request.checkedSubject(),
                SubjectPublicKeyInfo.getInstance(publicKey.getEncoded()),
                attributes(request.checkedNames()));
        try {
            byte[] raw = signer.sign(slot, key, algorithm, algorithm.toBeSigned(info.getEncoded("DER")));
            // In certificates an ECDSA signature is a SEQUENCE of r and s (RFC 5480 appendix A).
            byte[] signature = algorithm.scheme() == SignatureScheme.ECDSA ? EcdsaEncoding.toDer(raw) : raw;
            return new CertificationRequest(info, SignatureIdentifiers.of(algorithm), new DERBitString(signature))
                    .getEncoded("DER");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ASN1Set attributes(List<GeneralName> names) {
        if (names.isEmpty()) {
            return new DERSet();
        }
        try {
            var extensions = new Extensions(new Extension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(names.toArray(GeneralName[]::new)).getEncoded("DER")));
            return new DERSet(new Attribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, new DERSet(extensions)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
