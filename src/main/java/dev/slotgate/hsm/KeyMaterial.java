package dev.slotgate.hsm;

import java.security.PublicKey;
import java.util.Arrays;

/** A key that comes from outside, in the clear. Its maker has checked that it is one; closing it wipes what is secret. */
public sealed interface KeyMaterial extends AutoCloseable {

    KeyType type();

    KeyClass keyClass();

    @Override
    void close();

    /**
     * An RSA key pair with the numbers of the Chinese remainder theorem (RFC 8017 section 3.2); each number is big-endian
     * and unsigned.
     */
    @SuppressWarnings("ArrayRecordComponent") // carried out once, never compared
    record RsaPair(
            PublicKey publicKey,
            byte[] privateExponent,
            byte[] prime1,
            byte[] prime2,
            byte[] exponent1,
            byte[] exponent2,
            byte[] coefficient)
            implements KeyMaterial {

        @Override
        public KeyType type() {
            return KeyType.RSA;
        }

        @Override
        public KeyClass keyClass() {
            return KeyClass.PRIVATE;
        }

        @Override
        public void close() {
            for (byte[] secret : new byte[][] {privateExponent, prime1, prime2, exponent1, exponent2, coefficient}) {
                Arrays.fill(secret, (byte) 0);
            }
        }
    }

    /** A key pair on a curve: the private number of EC, big-endian and as long as the field, or the seed of Ed25519. */
    @SuppressWarnings("ArrayRecordComponent") // carried out once, never compared
    record CurvePair(Curve curve, PublicKey publicKey, byte[] secret) implements KeyMaterial {

        @Override
        public KeyType type() {
            return curve.keyType();
        }

        @Override
        public KeyClass keyClass() {
            return KeyClass.PRIVATE;
        }

        @Override
        public void close() {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** A secret key. */
    @SuppressWarnings("ArrayRecordComponent") // carried out once, never compared
    record Secret(KeyType type, byte[] value) implements KeyMaterial {

        @Override
        public KeyClass keyClass() {
            return KeyClass.SECRET;
        }

        @Override
        public void close() {
            Arrays.fill(value, (byte) 0);
        }
    }

    /** A public key alone. */
    record PublicHalf(KeyType type, PublicKey publicKey) implements KeyMaterial {

        @Override
        public KeyClass keyClass() {
            return KeyClass.PUBLIC;
        }

        @Override
        public void close() {
            // Nothing is secret.
        }
    }
}
