package dev.slotgate.crypto;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.Fails;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Guarded;
import dev.slotgate.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

/** Messages of any size: they are the body, and the other fields are in the query, bytes in base64url. */
@Tag(name = "Crypto")
@RestController
@RequestMapping(
        path = "/slots/{slot}",
        consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class StreamsController {

    /** What stands in other bodies for the message. */
    private static final List<String> MESSAGES = List.of("message", "digest");

    private final Signatures signatures;
    private final Macs macs;
    private final Keyless keyless;

    StreamsController(Signatures signatures, Macs macs, Keyless keyless) {
        this.signatures = signatures;
        this.macs = macs;
        this.keyless = keyless;
    }

    @Fails({HsmFailure.SIGNATURE_FAULTY})
    @Operation(summary = "Sign a message or a digest with a private key")
    @Guarded(scope = Scope.CRYPTO_USE, action = "crypto.sign")
    @PostMapping("/sign")
    SignResponse sign(
            @PathVariable SlotId slot,
            @RequestParam(required = false) @Nullable String key,
            @RequestParam(required = false) @Nullable String algorithm,
            @RequestParam(required = false) @Nullable String format,
            InputStream message,
            KeyUser user,
            AuditTrail trail,
            WebRequest query)
            throws IOException {
        return RecordedUse.of(trail, key, algorithm, () -> {
            refuseMessage(query);
            return signatures.sign(slot, new SignRequest(key, algorithm, null, null, format), message, user);
        });
    }

    @Operation(summary = "Verify a signature with a public key")
    @Guarded(scope = Scope.CRYPTO_PUBLIC, action = "crypto.verify")
    @PostMapping("/verify")
    VerifyResponse verify(
            @PathVariable SlotId slot,
            @RequestParam(required = false) @Nullable String key,
            @RequestParam(required = false) @Nullable String algorithm,
            @RequestParam(required = false) @Nullable String format,
            @RequestParam(required = false) @Nullable String signature,
            InputStream message,
            KeyUser user,
            AuditTrail trail,
            WebRequest query)
            throws IOException {
        return RecordedUse.of(trail, key, algorithm, () -> {
            refuseMessage(query);
            var request =
                    new VerifyRequest(key, algorithm, null, null, Fields.base64Url("signature", signature), format);
            return signatures.verify(slot, request, message, user);
        });
    }

    @Operation(summary = "Make a message authentication code")
    @Guarded(scope = Scope.CRYPTO_USE, action = "crypto.mac")
    @PostMapping("/mac")
    MacResponse mac(
            @PathVariable SlotId slot,
            @RequestParam(required = false) @Nullable String key,
            @RequestParam(required = false) @Nullable String algorithm,
            InputStream message,
            KeyUser user,
            AuditTrail trail,
            WebRequest query)
            throws IOException {
        return RecordedUse.of(trail, key, algorithm, () -> {
            refuseMessage(query);
            return macs.mac(slot, new MacRequest(key, algorithm, null), message, user);
        });
    }

    @Operation(summary = "Make a digest")
    @Guarded(scope = Scope.CRYPTO_PUBLIC, action = "crypto.digest")
    @PostMapping("/digest")
    DigestResponse digest(
            @PathVariable SlotId slot,
            @RequestParam(required = false) @Nullable String algorithm,
            InputStream message,
            AuditTrail trail,
            WebRequest query)
            throws IOException {
        trail.algorithm(algorithm);
        refuseMessage(query);
        return keyless.digest(slot, algorithm, message);
    }

    private static void refuseMessage(WebRequest query) {
        for (String field : MESSAGES) {
            if (query.getParameter(field) != null) {
                throw HsmException.invalidField(field, "the message as the body", "one in the query");
            }
        }
    }
}
