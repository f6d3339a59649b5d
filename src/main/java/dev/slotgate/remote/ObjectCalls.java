package dev.slotgate.remote;

import dev.slotgate.hsm.KeyBook;
import dev.slotgate.remote.wire.Attribute;
import dev.slotgate.security.Scope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.stereotype.Component;

/** Changes and destroys objects (PKCS#11 2.40 section 5.7). A key goes as a whole, whichever half of it is destroyed. */
@Component
class ObjectCalls implements Call.Family {

    private static final Rule DESTROY = Rule.change(Scope.KEYS_DESTROY, "keys.destroy");
    private static final Rule REMOVE_CERTIFICATE = Rule.change(Scope.KEYS_WRITE, "keys.certificate.remove");
    private static final Rule CHANGE = Rule.change(Scope.KEYS_WRITE, "keys.change");

    private final KeyBook book;

    ObjectCalls(KeyBook book) {
        this.book = book;
    }

    @Override
    public List<Call> calls() {
        return List.of(
                Call.onSession(22, "C_DestroyObject", "uu", "", ObjectCalls::ruleOfDestruction, this::destroy),
                Call.onSession(25, "C_SetAttributeValue", "uuaA", "", CHANGE, this::change));
    }

    private static Rule ruleOfDestruction(CallContext call) {
        RemoteObject object = call.object(1, ReturnCode.OBJECT_HANDLE_INVALID);
        if (!object.isOfToken()) {
            return Rule.NONE;
        }
        return object.identity().objectClass() == Cryptoki.CERTIFICATE ? REMOVE_CERTIFICATE : DESTROY;
    }

    private List<Object> destroy(CallContext call) {
        RemoteObject object = call.object(1, ReturnCode.OBJECT_HANDLE_INVALID);
        if (object.isOfToken()) {
            call.requireReadWrite();
            call.requireUser();
            call.trail().key(object.id().hex());
            if (object.identity().objectClass() == Cryptoki.CERTIFICATE) {
                book.removeCertificate(call.slot(), object.id(), call.user());
            } else {
                destroyKey(call, object);
            }
        }
        call.application().objects().forget(call.arguments().number(1));
        return List.of();
    }

    /** Clients destroy the halves of a pair one after the other: the second one went with the first. */
    private void destroyKey(CallContext call, RemoteObject object) {
        if (!call.application().objects().isLeftOver(object)) {
            book.destroy(call.slot(), object.id(), call.user());
            call.application().objects().leaveOver(object);
        }
    }

    private List<Object> change(CallContext call) {
        RemoteObject object = call.object(1, ReturnCode.OBJECT_HANDLE_INVALID);
        if (!object.isOfToken()) {
            throw new CallRefused(ReturnCode.ATTRIBUTE_READ_ONLY);
        }
        call.requireReadWrite();
        call.requireUser();
        call.trail().key(object.id().hex());
        List<Attribute> wanted = call.arguments().attributes(2);
        if (wanted.stream().anyMatch(attribute -> attribute.type() != Cryptoki.LABEL)) {
            throw new CallRefused(ReturnCode.ATTRIBUTE_READ_ONLY);
        }
        object.key();
        for (Attribute attribute : wanted) {
            if (attribute.value() instanceof Attribute.Bytes label) {
                String text = new String(label.bytes(), StandardCharsets.UTF_8);
                book.relabel(call.slot(), object.id(), text, call.user());
            }
        }
        return List.of();
    }
}
