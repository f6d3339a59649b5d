package dev.slotgate.remote;

import static dev.slotgate.remote.Cryptoki.*;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyBook;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeySpec;
import dev.slotgate.hsm.KeyType;
import dev.slotgate.hsm.WrapAlgorithm;
import dev.slotgate.remote.wire.Mechanism;
import dev.slotgate.remote.wire.Sized;
import dev.slotgate.security.Scope;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Lets secret keys out and in, wrapped with RSA-OAEP (PKCS#11 2.40 sections 5.16 and 2.1.8). No client knows the mechanisms of
 * AES key wrap.
 */
@Component
class WrappingCalls implements Call.Family {

    private static final Rule WRAP_KEY = Rule.use(Scope.KEYS_EXPORT, "keys.wrap");
    private static final Rule UNWRAP_KEY = Rule.change(Set.of(Scope.KEYS_WRITE, Scope.CRYPTO_USE), "keys.unwrap");

    private final KeyBook book;
    private final Templates templates;
    private final NewKeyIds ids;

    WrappingCalls(KeyBook book, Templates templates, NewKeyIds ids) {
        this.book = book;
        this.templates = templates;
        this.ids = ids;
    }

    @Override
    public List<Call> calls() {
        return List.of(
                Call.onSession(60, "C_WrapKey", "uMuufy", "ay", WRAP_KEY, this::wrap),
                Call.onSession(61, "C_UnwrapKey", "uMuayaA", "u", UNWRAP_KEY, this::unwrap));
    }

    private List<Object> wrap(CallContext call) {
        call.requireUser();
        RemoteObject wrappingKey = call.object(2, ReturnCode.WRAPPING_KEY_HANDLE_INVALID);
        RemoteObject key = call.object(3, ReturnCode.KEY_HANDLE_INVALID);
        wrappingKey.require(WRAP);
        call.trail().key(key.key().id().hex());
        WrapAlgorithm algorithm = algorithm(call, wrappingKey);
        if (key.key().keyClass() != KeyClass.SECRET) {
            throw new CallRefused(ReturnCode.KEY_SIZE_RANGE);
        }
        int length = wrappingKey.modulusBytes();
        if (!Sized.fits(length, call.arguments().room(4))) {
            return List.of(new Sized(null, length));
        }
        byte[] wrapped = book.wrap(call.slot(), key.id(), wrappingKey.id(), algorithm, call.user());
        return List.of(new Sized(wrapped, wrapped.length));
    }

    private List<Object> unwrap(CallContext call) {
        call.requireReadWrite();
        call.requireUser();
        RemoteObject unwrappingKey = call.object(2, ReturnCode.UNWRAPPING_KEY_HANDLE_INVALID);
        unwrappingKey.require(UNWRAP);
        Template template = new Template(call.arguments().attributes(4));
        if (!template.isSet(TOKEN)) {
            throw new CallRefused(ReturnCode.TEMPLATE_INCONSISTENT);
        }
        KeyId id = templates.id(template);
        call.trail().key(id.hex());
        KeyBook.Wrapped order = order(call, id, algorithm(call, unwrappingKey), unwrappingKey, template);
        Key made = ids.make(call.slot(), id, () -> unwrapped(call, order));
        return List.of(call.application().objects().of(TokenObjects.ofPrivate(made)));
    }

    private KeyBook.Wrapped order(
            CallContext call, KeyId id, WrapAlgorithm algorithm, RemoteObject unwrappingKey, Template template) {
        KeyType type = KeyParts.secretType(template);
        Integer bits = template.has(VALUE_LEN)
                ? Math.clamp(template.number(VALUE_LEN), 0, KeySpec.Hmac.MAX_BITS) * Byte.SIZE
                : null;
        boolean mayLeave = templates.mayLeave(template);
        return new KeyBook.Wrapped(
                id,
                Templates.label(template),
                unwrappingKey.id(),
                algorithm,
                call.arguments().bytesOrNone(3),
                type,
                bits,
                templates.usage(type, template, template),
                template.has(EXTRACTABLE) ? mayLeave : null);
    }

    private Key unwrapped(CallContext call, KeyBook.Wrapped order) {
        try {
            return book.unwrap(call.slot(), order, call.user());
        } catch (HsmException e) {
            if (e.failure() == HsmFailure.DECRYPTION_FAILED) {
                throw new CallRefused(ReturnCode.WRAPPED_KEY_INVALID);
            }
            throw e;
        }
    }

    private static WrapAlgorithm algorithm(CallContext call, RemoteObject key) {
        Mechanism mechanism = call.arguments().mechanism(1);
        CipherMechanism cipher = CipherMechanism.of(mechanism, key.key());
        if (cipher.algorithm().isGcm()) {
            throw new CallRefused(ReturnCode.MECHANISM_INVALID);
        }
        if (cipher.bound().length > 0) {
            throw new CallRefused(ReturnCode.MECHANISM_PARAM_INVALID);
        }
        String name = cipher.algorithm().joseName();
        call.trail().withKey(key.id().hex());
        call.trail().algorithm(name);
        return WrapAlgorithm.NAMES.read("mechanism", name);
    }
}
