package dev.slotgate.hsm;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The encryption algorithms on offer, by their JOSE names (RFC 7518 sections 4.3 and 5.3): one row each. */
public enum EncryptionAlgorithm {
    /** RFC 8017 section 7.1 with SHA-1, and MGF1 over it. */
    RSA_OAEP("RSA-OAEP", "SHA-1", null),
    /** The same with SHA-256. */
    RSA_OAEP_256("RSA-OAEP-256", "SHA-256", null),
    /** NIST SP 800-38D with an IV of 96 bits and a tag of 128. */
    A128GCM("A128GCM", null, 128),
    A192GCM("A192GCM", null, 192),
    A256GCM("A256GCM", null, 256);

    public static final Names<EncryptionAlgorithm> NAMES = Names.of(values(), EncryptionAlgorithm::joseName);

    /** The length of an IV of GCM. */
    public static final int IV_BYTES = 12;

    /** The length of a tag of GCM. */
    public static final int TAG_BYTES = 16;

    private final String joseName;
    private final @Nullable String hash;
    private final @Nullable Integer bits;

    EncryptionAlgorithm(String joseName, @Nullable String hash, @Nullable Integer bits) {
        this.joseName = joseName;
        this.hash = hash;
        this.bits = bits;
    }

    /** The one for an AES key of this size in bits. */
    public static Optional<EncryptionAlgorithm> gcm(@Nullable Integer size) {
        return Arrays.stream(values())
                .filter(a -> a.bits != null && a.bits.equals(size))
                .findFirst();
    }

    public String joseName() {
        return joseName;
    }

    /** The hash of OAEP, by its JDK name; absent for GCM. */
    public Optional<String> oaepHash() {
        return Optional.ofNullable(hash);
    }

    public boolean isGcm() {
        return bits != null;
    }

    /** The usage of the keys that it is for. */
    public Usage usage() {
        return isGcm() ? Usage.ENCRYPT : Usage.DECRYPT;
    }

    /** Whether a key of this kind is what it encrypts with. */
    public boolean fits(KeyType type, @Nullable Integer size) {
        return bits == null ? type == KeyType.RSA : type == KeyType.AES && bits.equals(size);
    }

    /** The kind of key it needs, for messages. */
    public String keyKind() {
        return bits == null ? "RSA" : "AES " + bits;
    }
}
