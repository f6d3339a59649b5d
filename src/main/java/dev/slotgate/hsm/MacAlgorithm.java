package dev.slotgate.hsm;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The message authentication codes on offer: HMAC by its JOSE names (RFC 7518 section 3.2) and CMAC; one row each. */
public enum MacAlgorithm {
    HS256("HS256", Hash.SHA_256),
    HS384("HS384", Hash.SHA_384),
    HS512("HS512", Hash.SHA_512),
    /** NIST SP 800-38B, 128 bits long. */
    AES_CMAC("AES-CMAC", null);

    public static final Names<MacAlgorithm> NAMES = Names.of(values(), MacAlgorithm::joseName);

    private final String joseName;
    private final @Nullable Hash hash;

    MacAlgorithm(String joseName, @Nullable Hash hash) {
        this.joseName = joseName;
        this.hash = hash;
    }

    public String joseName() {
        return joseName;
    }

    /** The hash of HMAC; absent for CMAC. */
    public Optional<Hash> hash() {
        return Optional.ofNullable(hash);
    }

    /** Whether keys of this type are what it is made with. */
    public boolean fits(KeyType type) {
        return type == (hash == null ? KeyType.AES : KeyType.HMAC);
    }

    /** The kind of key it needs, for messages. */
    public String keyKind() {
        return hash == null ? "AES" : "HMAC";
    }
}
