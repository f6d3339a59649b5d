package dev.slotgate.key;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.key.KeyCatalogue.KnownKey;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** The public keys of slots as JWK sets (RFC 7517 section 5), for those who verify what was signed here. */
@Service
class JwkSets {

    private final KeyCatalogue catalogue;
    private final KeyCertificates certificates;

    JwkSets(KeyCatalogue catalogue, KeyCertificates certificates) {
        this.catalogue = catalogue;
        this.certificates = certificates;
    }

    /** The enabled public keys of a slot, those of earlier versions too. @return JSON */
    String of(SlotId slot, KeyUser user) {
        Map<KeyId, byte[]> leaves = certificates.all(slot);
        List<JWK> keys = catalogue.visible(slot, user).stream()
                .filter(known -> known.metadata().state() == KeyState.ENABLED)
                .flatMap(known -> jwk(known, leaves))
                .toList();
        return new JWKSet(keys).toString();
    }

    private Stream<JWK> jwk(KnownKey known, Map<KeyId, byte[]> leaves) {
        Key key = known.key();
        PublicKey publicKey = key.publicKey();
        if (publicKey == null || key.isTooShort()) {
            return Stream.empty();
        }
        byte[] leaf = leaves.get(key.id());
        List<byte[]> chain =
                leaf == null || !KeyCertificates.fits(key, leaf) ? List.of() : certificates.chain(key, leaf);
        return Stream.of(PublicJwk.of(key, publicKey, known.metadata().algorithms(), chain));
    }
}
