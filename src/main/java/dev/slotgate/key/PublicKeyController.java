package dev.slotgate.key;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.Fails;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Guarded;
import dev.slotgate.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Keys")
@RestController
class PublicKeyController {

    private final KeyCatalogue catalogue;

    PublicKeyController(KeyCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Fails({HsmFailure.KEY_USAGE})
    @Operation(summary = "Fetch the public half of a key, in the encoding that the caller accepts")
    @Guarded(scope = Scope.KEYS_READ, action = "keys.public")
    @GetMapping(
            path = "/slots/{slot}/keys/{key}/public",
            produces = {PublicKeyFormat.PEM_TYPE, PublicKeyFormat.JWK_TYPE, PublicKeyFormat.DER_TYPE})
    ResponseEntity<byte[]> publicKey(
            @PathVariable SlotId slot,
            @PathVariable String key,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = MimeTypeUtils.ALL_VALUE)
                    List<MediaType> accept,
            KeyUser user,
            AuditTrail trail) {
        trail.key(key);
        PublicKeyFormat format = PublicKeyFormat.preferred(accept);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(format.mediaType()))
                .body(catalogue.publicKey(slot, key, format, user));
    }
}
