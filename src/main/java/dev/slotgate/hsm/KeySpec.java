package dev.slotgate.hsm;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What kind of key to generate. */
public sealed interface KeySpec {

    KeyType type();

    /** Absent for keys that are not on a curve. */
    default @Nullable Curve curve() {
        return null;
    }

    /** An RSA key pair with public exponent 65537; the size is that of the modulus in bits. */
    record Rsa(int bits) implements KeySpec {
        /** The sizes on offer: nothing below 2048 bits. */
        public static final Set<Integer> SIZES = Set.of(2048, 3072, 4096);

        /** Keys made elsewhere may be of other sizes, but are not used below this one. */
        public static final int MIN_BITS = 2048;

        public Rsa {
            if (!SIZES.contains(bits)) {
                throw new IllegalArgumentException("no RSA key of " + bits + " bits");
            }
        }

        @Override
        public KeyType type() {
            return KeyType.RSA;
        }
    }

    /** An elliptic-curve key pair. */
    record Ec(Curve curve) implements KeySpec {
        @Override
        public KeyType type() {
            return KeyType.EC;
        }
    }
}
