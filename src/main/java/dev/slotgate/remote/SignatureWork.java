package dev.slotgate.remote;

import dev.slotgate.hsm.Curve;
import dev.slotgate.hsm.Hash;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.PublicKeyInfo;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.SignatureScheme;
import dev.slotgate.remote.wire.Mechanism;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What becomes of a message that is signed, verified or given a MAC: the algorithm of the gateway, and what it takes. */
final class SignatureWork {

    private final SignMechanism mechanism;
    private final RemoteObject object;
    private final @Nullable Hash pssHash;
    private final MessageSoFar message;

    /** @throws CallRefused MECHANISM_PARAM_INVALID, KEY_TYPE_INCONSISTENT */
    SignatureWork(Mechanism wanted, RemoteObject object, Allowance allowance) {
        this.mechanism = SignMechanism.of(wanted.type());
        this.object = object;
        this.pssHash = mechanism.scheme() == SignatureScheme.RSA_PSS ? pssHash(wanted) : null;
        this.message = new MessageSoFar(mechanism.hash(), allowance);
        checkKey();
    }

    SignMechanism mechanism() {
        return mechanism;
    }

    RemoteObject object() {
        return object;
    }

    MessageSoFar message() {
        return message;
    }

    /** The bytes of a signature or MAC. */
    int length() {
        if (mechanism.mac() != null) {
            return mechanism.mac().hash().map(Hash::bytes).orElse(16);
        }
        PublicKey key = object.publicKeyOrNull() == null && object.isOfToken()
                ? object.key().publicKey()
                : object.publicKeyOrNull();
        if (key instanceof RSAPublicKey rsa) {
            return PublicKeyInfo.modulusBytes(rsa);
        }
        Curve curve = curve();
        return curve == null ? 0 : 2 * curve.fieldBytes();
    }

    /** The algorithm, and what it signs, of the message as it is now. @throws CallRefused DATA_INVALID, DATA_LEN_RANGE */
    SignedInput finish() {
        byte[] given = message.end();
        return switch (Objects.requireNonNull(mechanism.scheme())) {
            case RSA_PKCS1 ->
                mechanism.hash() == null
                        ? SignedInput.ofDigestInfo(given)
                        : SignedInput.exactly(SignatureScheme.RSA_PKCS1, mechanism.hash(), given);
            case RSA_PSS -> SignedInput.exactly(SignatureScheme.RSA_PSS, Objects.requireNonNull(pssHash), given);
            case ECDSA -> SignedInput.fitted(given, curve());
            case EDDSA -> new SignedInput(SignatureAlgorithm.EdDSA, given);
        };
    }

    private @Nullable Curve curve() {
        PublicKey own = object.publicKeyOrNull();
        return object.isOfToken()
                ? object.key().curve()
                : own == null ? null : PublicKeyInfo.curve(own).orElse(null);
    }

    private Hash pssHash(Mechanism wanted) {
        Hash hash = HashMechanism.of(wanted.number(0));
        boolean same = mechanism.hash() == null || mechanism.hash() == hash;
        if (!same || wanted.number(1) != HashMechanism.maskOf(hash) || wanted.number(2) != hash.bytes()) {
            throw new CallRefused(ReturnCode.MECHANISM_PARAM_INVALID);
        }
        return hash;
    }

    private void checkKey() {
        KeyType needed = mechanism.mac() != null
                ? null
                : switch (Objects.requireNonNull(mechanism.scheme())) {
                    case RSA_PKCS1, RSA_PSS -> KeyType.RSA;
                    case ECDSA -> KeyType.EC;
                    case EDDSA -> KeyType.OKP;
                };
        KeyType type = object.keyType();
        boolean fits =
                needed == null ? mechanism.mac() != null && mechanism.mac().fits(type) : needed == type;
        if (!fits || (needed == KeyType.EC && curve() == null)) {
            throw new HsmException(HsmFailure.ALGORITHM_MISMATCH, "The key is of another type.");
        }
    }

    /** That of a session. */
    interface OfSession extends Operation {

        SignatureWork work();

        @Override
        default void ended() {
            work().message.drop();
        }
    }
}
