package dev.slotgate.crypto;

import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAccess;
import dev.slotgate.hsm.KeyCrypto;
import dev.slotgate.hsm.KeyOperation;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.MacAlgorithm;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Usage;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Makes message authentication codes in the token, and compares them in constant time. */
@Service
class Macs {

    private final KeyAccess keys;
    private final KeyCrypto crypto;

    Macs(KeyAccess keys, KeyCrypto crypto) {
        this.keys = keys;
        this.crypto = crypto;
    }

    MacResponse mac(SlotId slot, MacRequest request, KeyUser user) {
        return make(slot, request.key(), request.algorithm(), request.message(), KeyOperation.MAC, user);
    }

    /** A MAC that was cut short is none. */
    VerifyResponse verify(SlotId slot, MacVerifyRequest request, KeyUser user) {
        byte[] given = Fields.bytes("mac", request.mac());
        MacResponse made =
                make(slot, request.key(), request.algorithm(), request.message(), KeyOperation.MAC_VERIFY, user);
        return new VerifyResponse(made.key(), made.algorithm(), MessageDigest.isEqual(made.mac(), given), null);
    }

    private MacResponse make(
            SlotId slot,
            @Nullable String keyName,
            @Nullable String algorithmName,
            byte @Nullable [] message,
            KeyOperation operation,
            KeyUser user) {
        String named = KeyAccess.named("key", keyName);
        MacAlgorithm algorithm = MacAlgorithm.NAMES.read("algorithm", algorithmName);
        byte[] input = Fields.bytes("message", message);
        Key key = keys.find(slot, named, new KeyAccess.Use(operation, algorithm.joseName(), user));
        KeyChecks.requireUsage(key, Usage.MAC, "make MACs");
        KeyChecks.requireFit(key, algorithm.fits(key.type()), algorithm.joseName(), algorithm.keyKind());
        byte[] mac = crypto.mac(slot, key.id(), algorithm, input);
        return new MacResponse(key.id().hex(), algorithm.joseName(), mac);
    }
}
