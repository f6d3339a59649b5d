package dev.slotgate.audit;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a call is known by: what the caller calls it, when that is harmless, else 24 hexadecimal digits at random. */
public final class RequestId {

    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{8,64}");
    private static final int BYTES = 12;

    private RequestId() {}

    public static String of(@Nullable String given) {
        return given != null && ACCEPTED.matcher(given).matches() ? given : random();
    }

    public static String random() {
        byte[] id = new byte[BYTES];
        ThreadLocalRandom.current().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
