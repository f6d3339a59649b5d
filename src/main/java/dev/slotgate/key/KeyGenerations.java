package dev.slotgate.key;

import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.hsm.TokenWatcher;
import org.springframework.stereotype.Component;

/** A token that was initialised begins a new generation of keys, of which nothing is known. */
@Component
class KeyGenerations implements TokenWatcher {

    private final KeyMetadataStore store;
    private final KnownMetadata known;
    private final KeyListings listings;
    private final KeyCertificates certificates;
    private final TokenChanges changes;

    KeyGenerations(
            KeyMetadataStore store,
            KnownMetadata known,
            KeyListings listings,
            KeyCertificates certificates,
            TokenChanges changes) {
        this.changes = changes;
        this.store = store;
        this.known = known;
        this.listings = listings;
        this.certificates = certificates;
    }

    @Override
    public void wasInitialised(TokenIdentity token) {
        store.beginGeneration(token.serial());
        changes.made(token.serial());
        known.forget(token.serial());
        listings.forgetAll();
        certificates.forgetAll();
    }
}
