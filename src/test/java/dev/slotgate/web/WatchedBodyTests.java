package dev.slotgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class WatchedBodyTests {

    private static final byte[] BODY = {1, 2, (byte) 0xff};

    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private int ends;

    @Test
    void whatIsReadIsSeenInWhateverWayItIsRead() throws Exception {
        WatchedBody body = watched();
        assertThat(body.read()).isEqualTo(1);
        assertThat(body.readAllBytes()).containsExactly(2, 0xff);
        assertThat(seen.toByteArray()).isEqualTo(BODY);
    }

    @Test
    void theEndIsToldOnce() throws Exception {
        WatchedBody body = watched();
        body.readNBytes(BODY.length);
        assertThat(body.isFinished()).isFalse();
        assertThat(body.read()).isEqualTo(-1);
        assertThat(body.read(new byte[8])).isEqualTo(-1);
        assertThat(body.isFinished()).isTrue();
        assertThat(ends).isEqualTo(1);
    }

    @Test
    void aBodyOfAnotherDigestHasNoEnd() throws Exception {
        var body = new DigestedBody(new ByteArrayInputStream(BODY), ContentDigest.expected("sha-256=:AA==:"));
        assertThatExceptionOfType(ContentDigestMismatch.class).isThrownBy(body::readAllBytes);
    }

    private WatchedBody watched() {
        return new WatchedBody(new ByteArrayInputStream(BODY)) {

            @Override
            void came(byte[] in, int offset, int length) throws IOException {
                seen.write(in, offset, length);
            }

            @Override
            void ended() {
                ends++;
            }
        };
    }
}
