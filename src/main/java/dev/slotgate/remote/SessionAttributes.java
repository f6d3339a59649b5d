package dev.slotgate.remote;

import static dev.slotgate.remote.Cryptoki.*;

import dev.slotgate.remote.wire.Attribute;
import java.util.LinkedHashMap;
import java.util.Map;

/** The attributes of an object that lives as long as its session: those that its client gave, and what holds otherwise. */
final class SessionAttributes {

    private SessionAttributes() {}

    static Map<Long, Attribute.Value> of(Template template, long objectClass) {
        AttributeList defaults = new AttributeList()
                .flag(TOKEN, false)
                .flag(PRIVATE, false)
                .flag(MODIFIABLE, false)
                .text(LABEL, "");
        if (objectClass == PUBLIC_KEY) {
            defaults.bytes(ID, new byte[0]).flag(VERIFY, true).flag(LOCAL, false);
        }
        Map<Long, Attribute.Value> all = new LinkedHashMap<>(defaults.map());
        template.values().forEach((type, value) -> all.put(type, copy(value)));
        // Nothing is encrypted with it.
        if (objectClass == PUBLIC_KEY) {
            all.putAll(new AttributeList().noFlags(ENCRYPT, WRAP).map());
        }
        return all;
    }

    /** What came is wiped after the call. */
    private static Attribute.Value copy(Attribute.Value value) {
        return value instanceof Attribute.Bytes bytes
                ? new Attribute.Bytes(bytes.bytes().clone())
                : value;
    }
}
