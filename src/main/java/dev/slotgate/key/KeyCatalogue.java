package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.Page;
import dev.slotgate.hsm.SlotId;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The keys on the tokens together with what the database knows of them, as far as a caller may see. */
@Service
class KeyCatalogue {

    private final KeyListings listings;
    private final GrantedKeys granted;
    private final KnownMetadata known;

    KeyCatalogue(KeyListings listings, GrantedKeys granted, KnownMetadata known) {
        this.listings = listings;
        this.granted = granted;
        this.known = known;
    }

    Page<KeyResponse> list(
            SlotId slot, KeyFilter filter, KeyUser user, @Nullable Integer limit, @Nullable String after) {
        List<KnownKey> fitting = visible(slot, user).stream()
                .filter(key -> filter.fits(key.key, key.metadata))
                .toList();
        return Page.of(fitting, key -> key.key.id(), KeyId::new, slot + " " + filter, limit, after)
                .map(key -> KeyResponse.of(key.key, key.metadata));
    }

    /** Every key that the caller may see, by id. */
    List<KnownKey> visible(SlotId slot, KeyUser user) {
        return visibleOrBack(slot, user).stream()
                .filter(known -> !known.metadata.destroyed())
                .toList();
    }

    /** Also the keys that were destroyed here, and that the token shows again. */
    List<KnownKey> visibleOrBack(SlotId slot, KeyUser user) {
        List<Key> all = listings.of(slot);
        Map<KeyId, KeyMetadata> metadata =
                all.isEmpty() ? Map.of() : known.all(all.getFirst().token().serial());
        return all.stream()
                .map(key -> new KnownKey(key, metadata.getOrDefault(key.id(), KeyMetadata.NONE)))
                .filter(key -> key.metadata.isVisibleTo(user))
                .toList();
    }

    KeyResponse show(SlotId slot, String id, KeyUser user) {
        Key key = granted.see(slot, id, user);
        return KeyResponse.of(key, known.of(key));
    }

    /** @throws HsmException KEY_USAGE for a key without a public half */
    byte[] publicKey(SlotId slot, String id, PublicKeyFormat format, KeyUser user) {
        Key key = granted.see(slot, id, user);
        PublicKey publicKey = key.publicKey();
        if (publicKey == null) {
            throw new HsmException(
                    HsmFailure.KEY_USAGE, "The token holds no public half of this key, or several that differ.");
        }
        return format.encode(key, publicKey);
    }

    /** A key, and what is known of it. */
    record KnownKey(Key key, KeyMetadata metadata) {}
}
