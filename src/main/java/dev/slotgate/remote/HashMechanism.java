package dev.slotgate.remote;

import dev.slotgate.hsm.Hash;
import java.util.Arrays;
import java.util.Optional;

/** The hash functions, by their CKM_ numbers, and the masks that are made with them (CKG_MGF1_): one row each. */
enum HashMechanism {
    SHA256(0x250, 2, Hash.SHA_256),
    SHA384(0x260, 3, Hash.SHA_384),
    SHA512(0x270, 4, Hash.SHA_512);

    private final long type;
    private final long mask;
    private final Hash hash;

    HashMechanism(long type, long mask, Hash hash) {
        this.type = type;
        this.mask = mask;
        this.hash = hash;
    }

    /** @throws CallRefused MECHANISM_PARAM_INVALID, since what it is of names the hash */
    static Hash of(long type) {
        return find(type).orElseThrow(() -> new CallRefused(ReturnCode.MECHANISM_PARAM_INVALID));
    }

    static Optional<Hash> find(long type) {
        return Arrays.stream(values())
                .filter(known -> known.type == type)
                .map(known -> known.hash)
                .findFirst();
    }

    static long maskOf(Hash hash) {
        return Arrays.stream(values())
                .filter(known -> known.hash == hash)
                .findFirst()
                .orElseThrow()
                .mask;
    }

    long type() {
        return type;
    }
}
