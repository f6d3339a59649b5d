package dev.slotgate.crypto;

import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAccess;
import dev.slotgate.hsm.KeyCrypto;
import dev.slotgate.hsm.KeyOperation;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.MacAlgorithm;
import dev.slotgate.hsm.MacStreams;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Makes message authentication codes in the token, and compares them in constant time. */
@Service
class Macs {

    private final KeyAccess keys;
    private final KeyCrypto crypto;
    private final MacStreams streams;

    Macs(KeyAccess keys, KeyCrypto crypto, MacStreams streams) {
        this.keys = keys;
        this.crypto = crypto;
        this.streams = streams;
    }

    MacResponse mac(SlotId slot, MacRequest request, KeyUser user) {
        return make(slot, request.key(), request.algorithm(), request.message(), KeyOperation.MAC, user);
    }

    /**
     * Makes the MAC of a message of any size. A session is held meanwhile only for one that is too long for a single call, and
     * only where the token makes MACs part by part.
     *
     * @throws dev.slotgate.hsm.HsmException TOO_LARGE for a long message on another token
     */
    MacResponse mac(SlotId slot, MacRequest request, InputStream message, KeyUser user) throws IOException {
        MacAlgorithm algorithm = MacAlgorithm.NAMES.read("algorithm", request.algorithm());
        Key key = find(slot, request.key(), algorithm, KeyOperation.MAC, user);
        byte[] beginning = StreamedMessage.beginning(message);
        if (StreamedMessage.isWhole(beginning)) {
            return mac(slot, new MacRequest(request.key(), request.algorithm(), beginning), user);
        }
        try (LongMac mac = LongMac.begin(streams, slot, key.id(), algorithm)) {
            mac.update(beginning);
            mac.update(message);
            // A long message leaves time for the key to be disabled, or granted to others alone.
            Key still = find(slot, key.id().hex(), algorithm, KeyOperation.MAC, user);
            return response(still, algorithm, mac.end());
        }
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
        MacAlgorithm algorithm = MacAlgorithm.NAMES.read("algorithm", algorithmName);
        byte[] input = Fields.bytes("message", message);
        Key key = find(slot, keyName, algorithm, operation, user);
        return response(key, algorithm, crypto.mac(slot, key.id(), algorithm, input));
    }

    private Key find(
            SlotId slot, @Nullable String keyName, MacAlgorithm algorithm, KeyOperation operation, KeyUser user) {
        String named = KeyAccess.named("key", keyName);
        Key key = keys.find(slot, named, new KeyAccess.Use(operation, algorithm.joseName(), user));
        KeyChecks.requireUsage(key, Usage.MAC, "make MACs");
        KeyChecks.requireFit(key, algorithm.fits(key.type()), algorithm.joseName(), algorithm.keyKind());
        return key;
    }

    private static MacResponse response(Key key, MacAlgorithm algorithm, byte[] mac) {
        return new MacResponse(key.id().hex(), algorithm.joseName(), mac);
    }
}
