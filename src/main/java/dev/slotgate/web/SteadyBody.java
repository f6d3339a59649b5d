package dev.slotgate.web;

import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** A body that may take as long as it likes as long as it keeps coming: its deadline is one by progress. */
final class SteadyBody extends WatchedBody {

    /** Before that a pace says little. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final long BYTES_PER_SECOND = 64 << 10;

    private final long start = System.nanoTime();
    private long read;

    SteadyBody(InputStream body) {
        super(body);
    }

    /** Whether bodies of this type are streams of any length. */
    static boolean isStream(@Nullable String type) {
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(MediaType.APPLICATION_OCTET_STREAM_VALUE);
    }

    @Override
    void came(byte[] in, int offset, int length) throws BodyTooSlow {
        read += length;
        checkPace();
    }

    @Override
    void ended() throws BodyTooSlow {
        checkPace();
    }

    private void checkPace() throws BodyTooSlow {
        Duration since = Duration.ofNanos(System.nanoTime() - start);
        if (since.compareTo(GRACE) > 0 && read < since.toMillis() * BYTES_PER_SECOND / 1000) {
            throw new BodyTooSlow("The body came at less than 64 KiB a second.");
        }
    }
}
