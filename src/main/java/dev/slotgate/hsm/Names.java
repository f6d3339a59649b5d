package dev.slotgate.hsm;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The names of what is on offer, and what each stands for. */
public final class Names<A> {

    private final Map<String, A> byName = new LinkedHashMap<>();
    private final String all;

    private Names(A[] offered, Function<A, String> name) {
        Arrays.stream(offered).forEach(each -> byName.put(name.apply(each), each));
        all = String.join(", ", byName.keySet());
    }

    /** In this order. */
    public static <A> Names<A> of(A[] offered, Function<A, String> name) {
        return new Names<>(offered, name);
    }

    public Optional<A> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Reads a name that a caller sent in the field. @throws HsmException INVALID_FIELD without one on offer */
    public A read(String field, @Nullable String name) {
        A found = name == null ? null : byName.get(name);
        if (found == null) {
            throw HsmException.invalidField(field, "one of " + all, name == null ? "nothing" : Quoted.text(name));
        }
        return found;
    }
}
