package dev.slotgate.key;

import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Guarded;
import dev.slotgate.security.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Keys")
@RestController
class JwksController {

    private static final Duration FRESH = Duration.ofSeconds(60);

    private final JwkSets sets;

    JwksController(JwkSets sets) {
        this.sets = sets;
    }

    @Operation(summary = "The enabled public keys of a slot as a JWK set")
    @Guarded(scope = Scope.CRYPTO_PUBLIC, action = "keys.jwks", mayBeOpenToAll = true)
    @GetMapping(
            path = "/slots/{slot}/jwks",
            produces = {"application/jwk-set+json", MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<byte[]> jwks(@PathVariable SlotId slot, KeyUser user) {
        byte[] set = sets.of(slot, user).getBytes(StandardCharsets.UTF_8);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(FRESH))
                .eTag(HexFormat.of().formatHex(Hash.SHA_256.digest(set)))
                .body(set);
    }
}
