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

    /** The size of the modulus or of the secret in bits; absent for keys on a curve. */
    default @Nullable Integer size() {
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

        @Override
        public Integer size() {
            return bits;
        }
    }

    /** A key pair on a curve. */
    record OnCurve(Curve curve) implements KeySpec {
        @Override
        public KeyType type() {
            return curve.keyType();
        }
    }

    /** An AES key; its size in bits. */
    record Aes(int bits) implements KeySpec {
        public static final Set<Integer> SIZES = Set.of(128, 192, 256);

        public Aes {
            if (!SIZES.contains(bits)) {
                throw new IllegalArgumentException("no AES key of " + bits + " bits");
            }
        }

        @Override
        public KeyType type() {
            return KeyType.AES;
        }

        @Override
        public Integer size() {
            return bits;
        }
    }

    /** A secret for HMAC; its size in bits is that of whole bytes, and at least that of SHA-256. */
    record Hmac(int bits) implements KeySpec {
        public static final int MIN_BITS = 256;
        public static final int MAX_BITS = 4096;

        public Hmac {
            if (!isSize(bits)) {
                throw new IllegalArgumentException("no HMAC key of " + bits + " bits");
            }
        }

        public static boolean isSize(int bits) {
            return bits >= MIN_BITS && bits <= MAX_BITS && bits % Byte.SIZE == 0;
        }

        @Override
        public KeyType type() {
            return KeyType.HMAC;
        }

        @Override
        public Integer size() {
            return bits;
        }
    }
}
