package dev.slotgate.pin;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinRole;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.state.MasterKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.springframework.stereotype.Component;

/** Seals PINs under the master key, each bound to its token, its role and its version: a row is worth nothing elsewhere. */
@Component
class PinSeal {

    private static final String PURPOSE = "stored-pin";

    private final MasterKey key;

    PinSeal(MasterKey key) {
        this.key = key;
    }

    String seal(TokenIdentity token, PinRole role, int version, Pin pin) {
        byte[] plaintext = pin.utf8();
        try {
            return Base64.getEncoder().encodeToString(key.seal(PURPOSE, plaintext, bound(token, role, version)));
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** @throws dev.slotgate.state.StateUnusable when it was sealed under another master key, or changed */
    Pin open(TokenIdentity token, StoredPin stored) {
        byte[] sealed = Base64.getDecoder().decode(stored.sealed());
        return Pin.ofUtf8(key.open(PURPOSE, sealed, bound(token, stored.role(), stored.version())));
    }

    private static byte[][] bound(TokenIdentity token, PinRole role, int version) {
        return new byte[][] {
            token.module().getBytes(StandardCharsets.UTF_8),
            token.serial().getBytes(StandardCharsets.UTF_8),
            role.name().getBytes(StandardCharsets.UTF_8),
            ByteBuffer.allocate(Integer.BYTES).putInt(version).array()
        };
    }
}
