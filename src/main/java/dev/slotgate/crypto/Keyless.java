package dev.slotgate.crypto;

import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyCrypto;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Slots;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What needs no key. */
@Service
class Keyless {

    private static final int MOST_RANDOM_BYTES = 65_536;

    private final KeyCrypto crypto;
    private final Slots slots;

    Keyless(KeyCrypto crypto, Slots slots) {
        this.crypto = crypto;
        this.slots = slots;
    }

    /** The token is not asked, but its slot must be there. */
    DigestResponse digest(SlotId slot, DigestRequest request) {
        Hash hash = hash(request.algorithm());
        byte[] message = Fields.bytes("message", request.message());
        requireSlot(slot);
        return new DigestResponse(hash.jcaName(), hash.digest(message));
    }

    DigestResponse digest(SlotId slot, @Nullable String algorithm, InputStream body) throws IOException {
        Hash hash = hash(algorithm);
        requireSlot(slot);
        return new DigestResponse(hash.jcaName(), StreamedMessage.digest(body, hash));
    }

    static Hash hash(@Nullable String algorithm) {
        return Hash.NAMES.read("algorithm", algorithm);
    }

    RandomResponse random(SlotId slot, RandomRequest request) {
        Integer length = request.length();
        if (length == null || length < 1 || length > MOST_RANDOM_BYTES) {
            throw HsmException.invalidField(
                    "length", "bytes from 1 to " + MOST_RANDOM_BYTES, length == null ? "nothing" : length.toString());
        }
        return new RandomResponse(crypto.random(slot, length));
    }

    /** @throws HsmException SLOT_NOT_FOUND */
    void requireSlot(SlotId slot) {
        if (!slots.ids().contains(slot)) {
            throw HsmException.slotNotFound(slot.toString());
        }
    }
}
