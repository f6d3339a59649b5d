package dev.slotgate.key;

import java.net.URI;
import org.springframework.http.ResponseEntity;

/** The answer to a call that made a key: 201, where it is, and the key. */
final class Created {

    private Created() {}

    static ResponseEntity<KeyResponse> at(KeyResponse made) {
        return ResponseEntity.created(URI.create("/slots/" + made.slot() + "/keys/" + made.id()))
                .body(made);
    }
}
