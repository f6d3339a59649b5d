package dev.slotgate.crypto;

import dev.slotgate.hsm.EncryptionAlgorithm;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAccess;
import dev.slotgate.hsm.KeyCrypto;
import dev.slotgate.hsm.KeyOperation;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Usage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** Makes keys for use elsewhere, for envelope encryption: random bytes of the token, encrypted under a key of it. */
@Service
class DataKeys {

    private static final List<Integer> SIZES = List.of(128, 192, 256, 384, 512);

    private final KeyAccess keys;
    private final KeyCrypto crypto;
    private final SealedMessages messages;

    DataKeys(KeyAccess keys, KeyCrypto crypto, SealedMessages messages) {
        this.keys = keys;
        this.crypto = crypto;
        this.messages = messages;
    }

    DataKeyResponse make(SlotId slot, DataKeyRequest request, KeyUser user) {
        String named = KeyAccess.named("key", request.key());
        int size = size(request);
        KeyAccess.Chosen chosen = keys.choose(slot, named, KeyOperation.ENCRYPT, user, DataKeys::algorithms);
        byte[] plaintext = crypto.random(slot, size / Byte.SIZE);
        SealedMessages.Sealed sealed = messages.seal(slot, chosen.key(), new byte[0], plaintext);
        boolean shown = !Boolean.FALSE.equals(request.plaintext());
        if (!shown) {
            Arrays.fill(plaintext, (byte) 0);
        }
        return new DataKeyResponse(
                chosen.key().id().hex(),
                chosen.algorithm(),
                shown ? plaintext : null,
                sealed.ciphertext(),
                sealed.iv(),
                sealed.tag());
    }

    /** @throws HsmException KEY_USAGE for what is no AES key for encryption */
    private static List<String> algorithms(Key key) {
        KeyChecks.requireUsage(key, Usage.ENCRYPT, "encrypt");
        return EncryptionAlgorithm.gcm(key.size())
                .map(algorithm -> List.of(algorithm.joseName()))
                .orElseThrow(() -> KeyChecks.keyUsage("expected an AES key, got " + key.kind()));
    }

    private static int size(DataKeyRequest request) {
        Integer size = request.size();
        if (size == null || !SIZES.contains(size)) {
            throw HsmException.invalidField(
                    "size",
                    SIZES.stream().map(String::valueOf).collect(Collectors.joining(", ", "one of ", "")),
                    size == null ? "nothing" : size.toString());
        }
        return size;
    }
}
