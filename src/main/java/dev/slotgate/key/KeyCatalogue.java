package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.Page;
import dev.slotgate.hsm.SlotId;
import java.security.PublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The keys on the tokens together with what the database knows of them. */
@Service
class KeyCatalogue {

    private final KeyGeneration generation;
    private final Keys keys;
    private final KeyMetadataStore store;

    KeyCatalogue(KeyGeneration generation, Keys keys, KeyMetadataStore store) {
        this.generation = generation;
        this.keys = keys;
        this.store = store;
    }

    KeyResponse generate(SlotId slot, GenerateKeyRequest request) {
        NewKey order = request.order();
        var metadata = new KeyMetadata(
                request.checkedTags(),
                request.algorithmsFor(order),
                Instant.now().truncatedTo(ChronoUnit.MILLIS));
        return KeyResponse.of(generation.generate(slot, order, metadata), metadata);
    }

    Page<KeyResponse> list(SlotId slot, KeyFilter filter, @Nullable Integer limit, @Nullable String after) {
        List<Key> all = keys.list(slot);
        Map<KeyId, KeyMetadata> metadata =
                all.isEmpty() ? Map.of() : store.all(all.getFirst().token().serial());
        List<KeyResponse> fitting = all.stream()
                .map(key -> KeyResponse.of(key, metadata.getOrDefault(key.id(), KeyMetadata.NONE)))
                .filter(filter)
                .toList();
        return Page.of(fitting, KeyResponse::id, text -> new KeyId(text).hex(), slot + " " + filter, limit, after);
    }

    KeyResponse show(SlotId slot, String key) {
        Key found = get(slot, key);
        return KeyResponse.of(
                found, store.find(found.token().serial(), found.id()).orElse(KeyMetadata.NONE));
    }

    /** @throws HsmException KEY_USAGE for a key without a public half */
    byte[] publicKey(SlotId slot, String key, PublicKeyFormat format) {
        Key found = get(slot, key);
        PublicKey publicKey = found.publicKey();
        if (publicKey == null) {
            throw new HsmException(
                    HsmFailure.KEY_USAGE, "The token holds no public half of this key, or several that differ.");
        }
        return format.encode(found, publicKey);
    }

    private Key get(SlotId slot, String key) {
        if (!KeyId.looksLikeOne(key)) {
            throw HsmException.keyNotFound(slot, key);
        }
        return keys.get(slot, new KeyId(key));
    }
}
