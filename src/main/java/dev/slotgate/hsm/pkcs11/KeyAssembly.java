package dev.slotgate.hsm.pkcs11;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.*;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.TokenIdentity;
import java.math.BigInteger;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts the halves of key pairs together by CKA_ID and describes each key in the port's words. */
final class KeyAssembly {

    private final SlotId slot;
    private final TokenIdentity token;

    KeyAssembly(SlotId slot, TokenIdentity token) {
        this.slot = slot;
        this.token = token;
    }

    /**
     * The keys that the objects make up, by id. Two private or secret objects with one CKA_ID are two keys; nobody can
     * name one of them.
     */
    List<FoundKey> keys(Collection<KeyObject> objects) {
        Map<KeyId, KeyId> owners = ownersOfNameless(objects);
        Map<KeyId, List<KeyObject>> byId = new LinkedHashMap<>();
        for (KeyObject object : objects) {
            KeyId id = object.id();
            KeyId owner = object.is(CKO_PUBLIC_KEY) && object.ckaId() == null ? owners.getOrDefault(id, id) : id;
            byId.computeIfAbsent(owner, _ -> new ArrayList<>()).add(object);
        }
        List<FoundKey> keys = new ArrayList<>();
        byId.forEach((id, sameId) -> assemble(id, sameId, keys));
        keys.sort(Comparator.comparing(found -> found.key().id()));
        return keys;
    }

    /** The keys that public halves without a CKA_ID belong to by their modulus, by what those halves are named. */
    private static Map<KeyId, KeyId> ownersOfNameless(Collection<KeyObject> objects) {
        if (objects.stream().noneMatch(o -> o.is(CKO_PUBLIC_KEY) && o.ckaId() == null)) {
            return Map.of();
        }
        var owners = new HashMap<KeyId, KeyId>();
        objects.stream()
                .filter(o -> o.is(CKO_PRIVATE_KEY) && o.ckaId() != null)
                .forEach(o -> owners.put(DerivedId.of(o), o.id()));
        return owners;
    }

    private void assemble(KeyId id, List<KeyObject> sameId, List<FoundKey> keys) {
        List<KeyObject> publics =
                sameId.stream().filter(o -> o.is(CKO_PUBLIC_KEY)).toList();
        List<KeyObject> mains =
                sameId.stream().filter(o -> !o.is(CKO_PUBLIC_KEY)).toList();
        for (KeyObject main : mains) {
            keys.add(new FoundKey(key(id, main, publicHalves(main, publics)), main.handle()));
        }
        if (mains.isEmpty()) {
            publics.forEach(alone -> keys.add(new FoundKey(key(id, alone, List.of(alone)), alone.handle())));
        }
    }

    private static List<KeyObject> publicHalves(KeyObject main, List<KeyObject> publics) {
        return publics.stream().filter(o -> o.type() == main.type()).toList();
    }

    private Key key(KeyId id, KeyObject main, List<KeyObject> publicHalves) {
        KeyClass keyClass = keyClass(main);
        PublicKey publicKey = publicKey(main, publicHalves);
        return new Key(
                id,
                slot,
                token,
                Pkcs11Uri.ofKey(token, main.ckaId(), main.label(), keyClass),
                main.label(),
                main.type(),
                size(main),
                curve(main).orElse(null),
                UsageFlags.of(main, publicHalves),
                keyClass,
                main.keyAttributes(),
                publicKey,
                main.ckaId() != null);
    }

    private static KeyClass keyClass(KeyObject main) {
        if (main.is(CKO_PUBLIC_KEY)) {
            return KeyClass.PUBLIC;
        }
        return main.is(CKO_PRIVATE_KEY) ? KeyClass.PRIVATE : KeyClass.SECRET;
    }

    /**
     * An RSA private object has the public numbers too, and they are its own for sure. An EC one needs the public object,
     * and anybody may write one with the same CKA_ID: where several differ, none of them is believed.
     */
    private static @Nullable PublicKey publicKey(KeyObject main, List<KeyObject> publicHalves) {
        if (main.is(CKO_SECRET_KEY)) {
            return null;
        }
        return PublicKeys.of(main).or(() -> onlyOne(publicHalves)).orElse(null);
    }

    private static Optional<PublicKey> onlyOne(List<KeyObject> publicHalves) {
        List<PublicKey> different = publicHalves.stream()
                .flatMap(half -> PublicKeys.of(half).stream())
                .distinct()
                .toList();
        return different.size() == 1 ? Optional.of(different.getFirst()) : Optional.empty();
    }

    private static @Nullable Integer size(KeyObject main) {
        return switch (main.type()) {
            case RSA -> {
                BigInteger modulus = main.attributes().modulus();
                yield modulus == null ? null : modulus.bitLength();
            }
            case AES, HMAC -> {
                Integer bytes = main.attributes().getIntAttrValue(CKA_VALUE_LEN);
                yield bytes == null || bytes == 0 ? null : Integer.valueOf(bytes * Byte.SIZE);
            }
            case EC, OKP -> null;
        };
    }

    private static Optional<Curve> curve(KeyObject main) {
        byte[] parameters = main.attributes().ecParams();
        return parameters == null ? Optional.empty() : Curve.ofParameters(parameters);
    }
}
