package dev.slotgate.key;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.ImportedKey;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyBook;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Usage;
import dev.slotgate.hsm.WrapAlgorithm;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.node.StringNode;

/** The keys as calls over HTTP see and change them: each call is the same one of the same service. */
@Service
class KeyBookOfTokens implements KeyBook {

    private final KeyCatalogue catalogue;
    private final KeyCertificates certificates;
    private final KeyMaker maker;
    private final KeyChanges changes;
    private final KeyDestruction destruction;
    private final KeyWraps wraps;
    private final Keys keys;

    KeyBookOfTokens(
            KeyCatalogue catalogue,
            KeyCertificates certificates,
            KeyMaker maker,
            KeyChanges changes,
            KeyDestruction destruction,
            KeyWraps wraps,
            Keys keys) {
        this.catalogue = catalogue;
        this.certificates = certificates;
        this.maker = maker;
        this.changes = changes;
        this.destruction = destruction;
        this.wraps = wraps;
        this.keys = keys;
    }

    @Override
    public List<Key> keys(SlotId slot, KeyUser user) {
        return catalogue.visible(slot, user).stream()
                .map(known -> known.key().withSize(known.metadata().sizeOf(known.key())))
                .toList();
    }

    @Override
    public Map<KeyId, byte[]> certificates(SlotId slot) {
        return certificates.all(slot);
    }

    @Override
    public Key generate(SlotId slot, NewKey order) {
        KeySpec spec = order.spec();
        Curve curve = spec.curve();
        var request = new GenerateKeyRequest(
                spec.type().name(),
                spec.size(),
                curve == null ? null : curve.jwkName(),
                order.label(),
                List.of(order.usage().word()),
                order.extractable(),
                null,
                null);
        NewKey checked = request.order(order.id());
        maker.make(slot, checked, request.metadata(checked));
        return keys.get(slot, checked.id());
    }

    @Override
    public Key bringIn(SlotId slot, KeyId id, @Nullable String label, Encoded key, Usage usage, boolean extractable) {
        String text = Base64.getEncoder().encodeToString(key.bytes());
        var request = new ImportKeyRequest(
                key.format(),
                StringNode.valueOf(text),
                key.type().name(),
                null,
                null,
                label,
                List.of(usage.word()),
                extractable,
                null,
                null);
        try (ImportedKey order = request.order(id)) {
            maker.make(slot, order, request.metadata(order));
        }
        return keys.get(slot, id);
    }

    @Override
    public byte[] wrap(SlotId slot, KeyId key, KeyId wrappingKey, WrapAlgorithm algorithm, KeyUser user) {
        return wraps.wrap(slot, key.hex(), new WrapKeyRequest(wrappingKey.hex(), algorithm.joseName()), user);
    }

    @Override
    public Key unwrap(SlotId slot, Wrapped key, KeyUser user) {
        var request = new UnwrapKeyRequest(
                key.unwrappingKey().hex(),
                key.algorithm().joseName(),
                key.bytes(),
                key.type().name(),
                key.bits(),
                key.label(),
                List.of(key.usage().word()),
                key.extractable(),
                null,
                null);
        KeyResponse made = wraps.unwrap(slot, request, user, key.id());
        return keys.get(slot, key.id()).withSize(made.size());
    }

    @Override
    public void relabel(SlotId slot, KeyId key, String label, KeyUser user) {
        changes.patch(slot, key.hex(), new KeyPatch(KeyLabel.checked(label), null, false, null), user);
    }

    @Override
    public void certify(SlotId slot, KeyId key, byte[] certificate, KeyUser user) {
        certificates.put(slot, key.hex(), CertificateChain.ofPem(Pem.of("CERTIFICATE", certificate)), user);
    }

    @Override
    public void removeCertificate(SlotId slot, KeyId key, KeyUser user) {
        certificates.remove(slot, key.hex(), user);
    }

    @Override
    public void destroy(SlotId slot, KeyId key, KeyUser user) {
        destruction.destroy(slot, key.hex(), user);
    }
}
