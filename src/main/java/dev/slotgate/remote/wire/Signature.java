package dev.slotgate.remote.wire;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a body holds, as it says itself: for example {@code uMu}, a session, a mechanism and a key. */
record Signature(String text, List<ValueType> types) {

    static Signature of(String text) {
        var types = new ArrayList<ValueType>();
        for (int at = 0; at < text.length(); at += types.getLast().length()) {
            types.add(ValueType.at(text, at));
        }
        return new Signature(text, List.copyOf(types));
    }

    /** @throws MalformedFrame also when more came than this */
    Arguments read(BodyReader body) throws MalformedFrame {
        var values = new ArrayList<@Nullable Object>(types.size());
        for (ValueType type : types) {
            values.add(type.read(body));
        }
        if (!body.isAtEnd()) {
            throw new MalformedFrame("a body that is longer than its signature");
        }
        return new Arguments(values);
    }

    void write(BodyWriter body, List<Object> values) {
        if (values.size() != types.size()) {
            throw new IllegalArgumentException(values.size() + " values for " + text);
        }
        for (int i = 0; i < types.size(); i++) {
            types.get(i).write(body, values.get(i));
        }
    }
}
