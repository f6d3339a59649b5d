package dev.slotgate.key;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyAccess;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyOperation;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.KeyWrapping;
import dev.slotgate.hsm.PublicKeyInfo;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.UnwrappedKey;
import dev.slotgate.hsm.Usage;
import dev.slotgate.hsm.WrapAlgorithm;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Lets keys out and in, wrapped. No key leaves by a detour: one that was wrapped here comes back with the type, usage and
 * extractability that it had, for the same people, and one that was wrapped elsewhere neither wraps nor leaves again.
 */
@Service
class KeyWraps {

    private final GrantedKeys granted;
    private final KnownMetadata known;
    private final KeyWrapping wrapping;
    private final WrappedKeys wrappedKeys;
    private final KeyMaker maker;

    KeyWraps(GrantedKeys granted, KnownMetadata known, KeyWrapping wrapping, WrappedKeys wrappedKeys, KeyMaker maker) {
        this.granted = granted;
        this.known = known;
        this.wrapping = wrapping;
        this.wrappedKeys = wrappedKeys;
        this.maker = maker;
    }

    byte[] wrap(SlotId slot, String id, WrapKeyRequest request, KeyUser user) {
        WrapAlgorithm algorithm = request.checkedAlgorithm();
        Key key = granted.see(slot, id, user);
        // What it leaves with holds when it comes back, so it must not be what was known a moment ago.
        KeyMetadata metadata = known.changed(key.token().serial(), key.id());
        metadata.requireEnabled();
        Key wrappingKey = granted.find(
                slot, request.checkedWrappingKey(), new KeyAccess.Use(KeyOperation.WRAP, algorithm.joseName(), user));
        if (key.usage().size() != 1) {
            throw HsmException.inField(
                    HsmFailure.KEY_USAGE, "key", "key: only a key with one usage leaves, and this one has several");
        }
        byte[] wrapped = wrapping.wrap(slot, key.id(), wrappingKey.id(), algorithm);
        wrappedKeys.add(wrapped, key, metadata);
        return wrapped;
    }

    KeyResponse unwrap(SlotId slot, UnwrapKeyRequest request, KeyUser user, KeyId id) {
        WrapAlgorithm algorithm = request.checkedAlgorithm();
        byte[] wrapped = request.checkedWrapped();
        KeyType type = request.checkedType();
        String label = KeyLabel.checked(request.label());
        WrappedKeys.Known before = wrappedKeys.find(wrapped).orElse(null);
        Usage usage = before == null ? Usages.ofForeign(request.usage(), type) : Usages.ofNew(request.usage(), type);
        boolean extractable = request.mayLeave(before != null && before.extractable());
        refuseDetour(before, type, usage, extractable);
        Integer bits = bits(request.checkedSize(type), before, wrapped, algorithm, type);
        PublicKey publicKey = before == null ? null : before.publicKey();
        Curve curve = publicKey == null ? null : PublicKeyInfo.curve(publicKey).orElse(null);
        if (publicKey == null && type != KeyType.RSA && type.keyClass() == KeyClass.PRIVATE) {
            throw HsmException.invalidField(
                    "type", "RSA, AES or HMAC for a key that was wrapped elsewhere", type.name());
        }
        KeyMetadata told = KeyMetadata.ofNew(
                Tags.checked(request.tags()), Algorithms.checked(request.algorithms(), type, bits, curve, usage), bits);
        KeyMetadata metadata = before == null ? told : before.rule(told);
        Key unwrappingKey = granted.find(
                slot,
                request.checkedUnwrappingKey(),
                new KeyAccess.Use(KeyOperation.UNWRAP, algorithm.joseName(), user));
        var order = new UnwrappedKey(
                id, label, unwrappingKey.id(), algorithm, wrapped, type, curve, publicKey, usage, extractable);
        return maker.make(slot, order, metadata);
    }

    private static void refuseDetour(
            WrappedKeys.@Nullable Known before, KeyType type, Usage usage, boolean extractable) {
        if (before == null) {
            if (extractable) {
                throw HsmException.inField(
                        HsmFailure.KEY_USAGE,
                        "extractable",
                        "extractable: a key that was wrapped elsewhere does not leave again");
            }
            return;
        }
        if (before.type() != type || before.usage() != usage || before.extractable() != extractable) {
            throw HsmException.inField(
                    HsmFailure.KEY_USAGE,
                    "wrapped",
                    "wrapped: expected the type, usage and extractability that the key had when it was wrapped here, "
                            + "got others");
        }
    }

    /** The size of a secret, which tokens do not tell of one that was unwrapped. */
    private static @Nullable Integer bits(
            @Nullable Integer told,
            WrappedKeys.@Nullable Known before,
            byte[] wrapped,
            WrapAlgorithm algorithm,
            KeyType type) {
        if (type.keyClass() != KeyClass.SECRET) {
            return null;
        }
        Integer bits = before == null ? told : before.bits();
        if (bits != null && (!algorithm.mayHold(bits, wrapped.length) || (told != null && !told.equals(bits)))) {
            throw HsmException.invalidField("size", "that of the wrapped key", String.valueOf(told));
        }
        return bits;
    }
}
