package dev.slotgate.remote;

import dev.slotgate.security.Scope;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may make a call, and what becomes of it in the journal: what the same thing over HTTP takes.
 *
 * @param scopes that the caller needs, all of them
 * @param action what the record calls it; null when it has none, whatever becomes of it
 * @param effect whether it changes something
 */
record Rule(Set<Scope> scopes, @Nullable String action, Effect effect) {

    /** Of calls that tell and do nothing but what concerns the connection. */
    static final Rule NONE = new Rule(Set.of(), null, Effect.BEGINS);

    static final Rule SLOTS_READ = new Rule(Set.of(Scope.SLOTS_READ), "slots.show", Effect.BEGINS);
    static final Rule KEYS_READ = new Rule(Set.of(Scope.KEYS_READ), "keys.list", Effect.USES);

    /** A use of something. */
    static Rule use(Scope scope, String action) {
        return new Rule(Set.of(scope), action, Effect.USES);
    }

    /** A change, which is announced in the journal before it is made. */
    static Rule change(Scope scope, String action) {
        return change(Set.of(scope), action);
    }

    static Rule change(Set<Scope> scopes, String action) {
        return new Rule(scopes, action, Effect.CHANGES);
    }

    /** The same for a call that only begins what another one ends: it has a record of its own when it is refused. */
    Rule begins() {
        return new Rule(scopes, action, Effect.BEGINS);
    }

    /** What a call does. */
    enum Effect {
        /** Nothing to be told of, unless it is refused. */
        BEGINS,
        USES,
        CHANGES
    }
}
