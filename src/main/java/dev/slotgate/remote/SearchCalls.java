package dev.slotgate.remote;

import dev.slotgate.remote.wire.Attribute;
import dev.slotgate.remote.wire.AttributeQuery;
import dev.slotgate.remote.wire.Frame;
import dev.slotgate.remote.wire.Sized;
import dev.slotgate.security.Scope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.springframework.stereotype.Component;

/** Finds objects and reads their attributes (PKCS#11 2.40 section 5.7). */
@Component
class SearchCalls implements Call.Family {

    private static final Rule READ = Rule.use(Scope.KEYS_READ, "keys.show").begins();

    private final TokenObjects objects;

    SearchCalls(TokenObjects objects) {
        this.objects = objects;
    }

    @Override
    public List<Call> calls() {
        return List.of(
                Call.onSession(24, "C_GetAttributeValue", "uufA", "aAu", READ, SearchCalls::attributes),
                Call.onSession(26, "C_FindObjectsInit", "uaA", "", Rule.KEYS_READ, this::begin),
                Call.onSession(27, "C_FindObjects", "ufu", "au", Rule.NONE, SearchCalls::next),
                Call.onSession(28, "C_FindObjectsFinal", "u", "", Rule.NONE, SearchCalls::end));
    }

    private List<Object> begin(CallContext call) {
        call.session().requireNone(Found.class);
        List<Attribute> template = call.arguments().attributes(1);
        ObjectHandles handles = call.application().objects();
        var found = new ArrayDeque<Long>();
        for (long own : handles.ofSessions(call.slot())) {
            if (handles.get(own, call.slot(), ReturnCode.OBJECT_HANDLE_INVALID).fits(template)) {
                found.add(own);
            }
        }
        boolean loggedIn = call.application().login(call.slot()).role() == Login.Role.USER;
        objects.of(call.slot(), call.user(), loggedIn).stream()
                .filter(object -> object.fits(template))
                .map(handles::of)
                .forEach(found::add);
        call.session().begin(Found.class, new Found(found));
        return List.of();
    }

    private static List<Object> next(CallContext call) {
        Deque<Long> left = call.session().operation(Found.class).left;
        long most = call.arguments().room(1);
        var part = new ArrayList<Long>();
        while (part.size() < most && !left.isEmpty()) {
            part.add(left.remove());
        }
        return List.of(new Sized(part, part.size()));
    }

    private static List<Object> end(CallContext call) {
        call.session().operation(Found.class);
        call.session().end(Found.class);
        return List.of();
    }

    private static List<Object> attributes(CallContext call) {
        RemoteObject object = call.object(1, ReturnCode.OBJECT_HANDLE_INVALID);
        var answers = new ArrayList<Attribute>();
        long bytes = 0;
        ReturnCode code = ReturnCode.OK;
        for (AttributeQuery query : call.arguments().queries(2)) {
            Attribute.Value value = object.attributes().get(query.type());
            var answer = new Attribute(query.type(), value);
            bytes += answer.weight();
            if (bytes > Frame.MAX_BODY) {
                throw new CallRefused(ReturnCode.DEVICE_MEMORY);
            }
            answers.add(answer);
            if (value == null) {
                code = object.hides(query.type()) ? ReturnCode.ATTRIBUTE_SENSITIVE : ReturnCode.ATTRIBUTE_TYPE_INVALID;
            } else if (query.room() != 0 && query.room() < value.length()) {
                code = ReturnCode.BUFFER_TOO_SMALL;
            }
        }
        return List.of(answers, code.code());
    }

    /** What a search has found and not told yet. */
    private record Found(Deque<Long> left) implements Operation {}
}
