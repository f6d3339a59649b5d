package dev.slotgate.remote;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.PublicKeyInfo;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.remote.wire.Attribute;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object as clients see it: a half of a key, a secret key, a certificate, or what a client keeps for the time of its session.
 *
 * @param attributes those that can be read
 * @param keyOrNull the key of an object of a token, but for certificates
 * @param publicKeyOrNull of public keys
 * @param sessionOrNull for one that lives as long as its session
 */
record RemoteObject(
        Identity identity,
        Map<Long, Attribute.Value> attributes,
        @Nullable Key keyOrNull,
        @Nullable PublicKey publicKeyOrNull,
        @Nullable RemoteSession sessionOrNull) {

    /**
     * What tells an object of a token from others.
     *
     * @param objectClass its CKO_ number
     * @param key the CKA_ID, or what stands for it; null for an object of a session
     */
    record Identity(SlotId slot, long objectClass, @Nullable KeyId key) {}

    /** Whether it is seen after a login only. */
    boolean isPrivate() {
        return identity.objectClass == Cryptoki.PRIVATE_KEY || identity.objectClass == Cryptoki.SECRET_KEY;
    }

    boolean isOfToken() {
        return sessionOrNull == null;
    }

    KeyId id() {
        return Objects.requireNonNull(identity.key);
    }

    /** The key of an object of a token. @throws CallRefused KEY_HANDLE_INVALID when it is none */
    Key key() {
        if (keyOrNull == null) {
            throw new CallRefused(ReturnCode.KEY_HANDLE_INVALID);
        }
        return keyOrNull;
    }

    /** How long what RSA makes with its key is; 0 for another one. @throws CallRefused KEY_HANDLE_INVALID when it is none */
    int modulusBytes() {
        return key().publicKey() instanceof RSAPublicKey rsa ? PublicKeyInfo.modulusBytes(rsa) : 0;
    }

    /** Whether an attribute that permits a use is set. */
    boolean allows(long usage) {
        return attributes.get(usage) instanceof Attribute.Flag flag && flag.set();
    }

    /** @throws CallRefused KEY_FUNCTION_NOT_PERMITTED unless the attribute that permits a use is set */
    void require(long usage) {
        if (!allows(usage)) {
            throw new CallRefused(ReturnCode.KEY_FUNCTION_NOT_PERMITTED);
        }
    }

    /** @throws CallRefused KEY_HANDLE_INVALID for what is no key */
    KeyType keyType() {
        if (isOfToken()) {
            return key().type();
        }
        PublicKey own = publicKeyOrNull;
        if (own == null) {
            throw new CallRefused(ReturnCode.KEY_HANDLE_INVALID);
        }
        return own instanceof RSAPublicKey
                ? KeyType.RSA
                : PublicKeyInfo.curve(own).map(Curve::keyType).orElse(KeyType.EC);
    }

    /** Whether it has all attributes of a template. */
    boolean fits(List<Attribute> template) {
        return template.stream().allMatch(wanted -> {
            Attribute.Value value = attributes.get(wanted.type());
            return value != null && value.equals(wanted.value());
        });
    }

    /** About how many bytes it takes here. */
    long weight() {
        return attributes.entrySet().stream()
                .mapToLong(entry -> new Attribute(entry.getKey(), entry.getValue()).weight())
                .sum();
    }

    /** Whether a value is there that nobody reads. */
    boolean hides(long type) {
        return isPrivate() && Cryptoki.SECRET_ATTRIBUTES.contains(type);
    }
}
