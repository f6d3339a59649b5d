package dev.slotgate.remote;

import dev.slotgate.hsm.Hash;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A message that comes in parts: its digest, where that is all that is needed of it, or all of it up to 1 MiB. */
final class MessageSoFar {

    private static final int MOST = 1 << 20;

    private final Allowance allowance;
    private final @Nullable MessageDigest digest;
    private final ByteArrayOutputStream whole = new ByteArrayOutputStream(64);

    /** @param allowance what the message counts against as long as it is kept */
    MessageSoFar(@Nullable Hash hash, Allowance allowance) {
        this.allowance = allowance;
        this.digest = hash == null ? null : hash.begin();
    }

    /** @throws CallRefused DATA_LEN_RANGE when it is too long, DEVICE_MEMORY */
    void add(byte[] part) {
        if (digest != null) {
            digest.update(part);
            return;
        }
        if (whole.size() + part.length > MOST) {
            throw new CallRefused(ReturnCode.DATA_LEN_RANGE);
        }
        allowance.keep(part.length);
        whole.writeBytes(part);
    }

    /** The digest or the message; it begins anew. */
    byte[] end() {
        if (digest != null) {
            return digest.digest();
        }
        byte[] message = whole.toByteArray();
        drop();
        return message;
    }

    /** It begins anew. */
    void drop() {
        allowance.giveBack(whole.size());
        whole.reset();
    }
}
