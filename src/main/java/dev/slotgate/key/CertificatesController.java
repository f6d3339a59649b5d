package dev.slotgate.key;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.Fails;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Guarded;
import dev.slotgate.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Certificates")
@RestController
@RequestMapping("/slots/{slot}/keys/{key}")
class CertificatesController {

    private static final String CHAIN = "application/pem-certificate-chain";

    private final CertificateRequests requests;
    private final KeyCertificates certificates;

    CertificatesController(CertificateRequests requests, KeyCertificates certificates) {
        this.requests = requests;
        this.certificates = certificates;
    }

    @Fails({HsmFailure.SIGNATURE_FAULTY})
    @Operation(summary = "Make a certification request (PKCS#10) that is signed in the token")
    @Guarded(
            scope = {Scope.KEYS_WRITE, Scope.CRYPTO_USE},
            action = "keys.csr")
    @PostMapping(path = "/csr", consumes = MediaType.APPLICATION_JSON_VALUE, produces = Pem.MEDIA_TYPE)
    String request(
            @PathVariable SlotId slot,
            @PathVariable String key,
            @RequestBody CsrRequest request,
            KeyUser user,
            AuditTrail trail) {
        trail.key(key);
        trail.algorithm(request.algorithm());
        return Pem.of("CERTIFICATE REQUEST", requests.request(slot, key, request, user));
    }

    @Fails({HsmFailure.CERTIFICATE_MISMATCH, HsmFailure.OUTCOME_UNKNOWN})
    @Operation(summary = "Store the certificate of a key, and those above it")
    @Guarded(scope = Scope.KEYS_WRITE, action = "keys.certificate.put")
    @PutMapping(
            path = "/certificate",
            consumes = {Pem.MEDIA_TYPE, CHAIN, MediaType.TEXT_PLAIN_VALUE})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void put(
            @PathVariable SlotId slot,
            @PathVariable String key,
            @RequestBody String pem,
            KeyUser user,
            AuditTrail trail) {
        trail.key(key);
        certificates.put(slot, key, CertificateChain.ofPem(pem), user);
    }

    @Fails({HsmFailure.CERTIFICATE_NOT_FOUND})
    @Operation(summary = "Fetch the certificate of a key, and those above it")
    @Guarded(scope = Scope.KEYS_READ, action = "keys.certificate.show")
    @GetMapping(
            path = "/certificate",
            produces = {Pem.MEDIA_TYPE, CHAIN})
    String get(@PathVariable SlotId slot, @PathVariable String key, KeyUser user, AuditTrail trail) {
        trail.key(key);
        return certificates.get(slot, key, user);
    }

    @Fails({HsmFailure.CERTIFICATE_NOT_FOUND, HsmFailure.OUTCOME_UNKNOWN})
    @Operation(summary = "Take the certificate of a key away")
    @Guarded(scope = Scope.KEYS_WRITE, action = "keys.certificate.remove")
    @DeleteMapping("/certificate")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable SlotId slot, @PathVariable String key, KeyUser user, AuditTrail trail) {
        trail.key(key);
        certificates.remove(slot, key, user);
    }
}
