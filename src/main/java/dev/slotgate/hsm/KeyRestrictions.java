package dev.slotgate.hsm;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the gateway's owner allows a key to do beyond what its token says. */
public interface KeyRestrictions {

    /** The JOSE names of the only algorithms that the key may be used with; null when there is no restriction. */
    @Nullable
    Set<String> algorithms(Key key);
}
