package dev.slotgate.hsm;

import org.jspecify.annotations.Nullable;

/** The ways to wrap a key, by their JOSE names (RFC 7518 section 4.1) and those of RFC 5649: one row each. */
public enum WrapAlgorithm {
    A128KW("A128KW", Scheme.AES_KW, 128),
    A192KW("A192KW", Scheme.AES_KW, 192),
    A256KW("A256KW", Scheme.AES_KW, 256),
    A128KWP("A128KWP", Scheme.AES_KWP, 128),
    A192KWP("A192KWP", Scheme.AES_KWP, 192),
    A256KWP("A256KWP", Scheme.AES_KWP, 256),
    RSA_OAEP("RSA-OAEP", Scheme.OAEP_SHA_1, null),
    RSA_OAEP_256("RSA-OAEP-256", Scheme.OAEP_SHA_256, null);

    public static final Names<WrapAlgorithm> NAMES = Names.of(values(), WrapAlgorithm::joseName);

    /** How a key is wrapped, whatever the size of the wrapping key. */
    public enum Scheme {
        /** RFC 3394. */
        AES_KW,
        /** RFC 5649. */
        AES_KWP,
        /** RFC 8017 section 7.1, with MGF1 over the same hash. */
        OAEP_SHA_1,
        OAEP_SHA_256
    }

    private static final int BLOCK = 8;

    private final String joseName;
    private final Scheme scheme;
    private final @Nullable Integer bits;

    WrapAlgorithm(String joseName, Scheme scheme, @Nullable Integer bits) {
        this.joseName = joseName;
        this.scheme = scheme;
        this.bits = bits;
    }

    public String joseName() {
        return joseName;
    }

    public Scheme scheme() {
        return scheme;
    }

    /** Whether a key of this kind is what it wraps with. */
    public boolean fits(KeyType type, @Nullable Integer size) {
        return bits == null ? type == KeyType.RSA : type == KeyType.AES && bits.equals(size);
    }

    /** Whether a secret of this size can be what was wrapped into so many bytes. */
    public boolean mayHold(int secretBits, int wrappedBytes) {
        int bytes = (secretBits + Byte.SIZE - 1) / Byte.SIZE;
        return switch (scheme) {
            case AES_KW, AES_KWP -> (bytes + BLOCK - 1) / BLOCK * BLOCK + BLOCK == wrappedBytes;
            case OAEP_SHA_1, OAEP_SHA_256 -> bytes < wrappedBytes;
        };
    }

    /** The kind of wrapping key it needs, for messages. */
    public String keyKind() {
        return bits == null ? "RSA" : "AES " + bits;
    }
}
