package dev.slotgate.remote;

import static dev.slotgate.remote.Cryptoki.CERTIFICATE;
import static dev.slotgate.remote.Cryptoki.CLASS;
import static dev.slotgate.remote.Cryptoki.DATA;
import static dev.slotgate.remote.Cryptoki.ID;
import static dev.slotgate.remote.Cryptoki.PRIVATE_KEY;
import static dev.slotgate.remote.Cryptoki.PUBLIC_KEY;
import static dev.slotgate.remote.Cryptoki.SECRET_KEY;
import static dev.slotgate.remote.Cryptoki.TOKEN;
import static dev.slotgate.remote.Cryptoki.VALUE;

import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyBook;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.Usage;
import dev.slotgate.security.Scope;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Makes objects of what clients bring (PKCS#11 2.40 section 5.7): keys and their certificates on the token, and public keys,
 * certificates and data that live as long as their session.
 */
@Component
class ObjectCreationCalls implements Call.Family {

    private static final Rule IMPORT = Rule.change(Scope.KEYS_WRITE, "keys.import");
    private static final Rule CERTIFY = Rule.change(Scope.KEYS_WRITE, "keys.certificate.put");

    private final KeyBook book;
    private final Templates templates;
    private final NewKeyIds ids;
    private final TokenObjects objects;

    ObjectCreationCalls(KeyBook book, Templates templates, NewKeyIds ids, TokenObjects objects) {
        this.book = book;
        this.templates = templates;
        this.ids = ids;
        this.objects = objects;
    }

    @Override
    public List<Call> calls() {
        return List.of(Call.onSession(20, "C_CreateObject", "uaA", "u", ObjectCreationCalls::rule, this::create));
    }

    private static Rule rule(CallContext call) {
        Template template = new Template(call.arguments().attributes(1));
        if (!template.isSet(TOKEN)) {
            return Rule.NONE;
        }
        return template.number(CLASS) == CERTIFICATE ? CERTIFY : IMPORT;
    }

    private List<Object> create(CallContext call) {
        Template template = new Template(call.arguments().attributes(1));
        long objectClass = template.number(CLASS);
        if (!template.isSet(TOKEN)) {
            return List.of(call.application().objects().keep(ofSession(call, template, objectClass)));
        }
        call.requireReadWrite();
        call.requireUser();
        RemoteObject made =
                objectClass == CERTIFICATE ? certified(call, template) : imported(call, template, objectClass);
        return List.of(call.application().objects().of(made));
    }

    private static RemoteObject ofSession(CallContext call, Template template, long objectClass) {
        if (objectClass != PUBLIC_KEY && objectClass != CERTIFICATE && objectClass != DATA) {
            throw new CallRefused(ReturnCode.TEMPLATE_INCONSISTENT);
        }
        PublicKey key = objectClass == PUBLIC_KEY ? KeyParts.publicKey(template) : null;
        return new RemoteObject(
                new RemoteObject.Identity(call.slot(), objectClass, null),
                SessionAttributes.of(template, objectClass),
                null,
                key,
                call.session());
    }

    /** A certificate is that of the key with its CKA_ID. */
    private RemoteObject certified(CallContext call, Template template) {
        byte[] sent = template.bytes(ID);
        if (sent.length > KeyId.MAX_BYTES) {
            throw new CallRefused(ReturnCode.ATTRIBUTE_VALUE_INVALID);
        }
        KeyId id = KeyId.of(sent);
        call.trail().key(id.hex());
        book.certify(call.slot(), id, template.bytes(VALUE), call.user());
        return objects.of(call.slot(), call.user(), false).stream()
                .filter(object -> object.identity().objectClass() == CERTIFICATE
                        && object.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new CallRefused(ReturnCode.OBJECT_HANDLE_INVALID));
    }

    private RemoteObject imported(CallContext call, Template template, long objectClass) {
        KeyBook.Encoded key = encoded(template, objectClass);
        try {
            KeyId id = templates.id(template);
            call.trail().key(id.hex());
            Usage usage = templates.usage(key.type(), template, template);
            boolean mayLeave = objectClass != PUBLIC_KEY && templates.mayLeave(template);
            Key made = ids.make(
                    call.slot(),
                    id,
                    () -> book.bringIn(call.slot(), id, Templates.label(template), key, usage, mayLeave));
            return objectClass == PUBLIC_KEY ? TokenObjects.ofPublic(made) : TokenObjects.ofPrivate(made);
        } finally {
            Arrays.fill(key.bytes(), (byte) 0);
        }
    }

    private static KeyBook.Encoded encoded(Template template, long objectClass) {
        if (objectClass == PUBLIC_KEY) {
            return KeyParts.encodedPublic(template);
        }
        if (objectClass == PRIVATE_KEY) {
            return KeyParts.encodedPrivate(template);
        }
        if (objectClass == SECRET_KEY) {
            return KeyParts.secret(template);
        }
        throw new CallRefused(ReturnCode.TEMPLATE_INCONSISTENT);
    }
}
