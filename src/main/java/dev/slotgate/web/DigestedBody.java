package dev.slotgate.web;

import java.io.InputStream;
import java.util.List;

/** A body that is checked against its digests when its end is read: whoever reads all of it acts on nothing else. */
final class DigestedBody extends WatchedBody {

    private final List<ContentDigest.Expected> expected;

    DigestedBody(InputStream body, List<ContentDigest.Expected> expected) {
        super(body);
        this.expected = expected;
    }

    @Override
    void came(byte[] in, int offset, int length) {
        expected.forEach(each -> each.made().update(in, offset, length));
    }

    @Override
    void ended() throws ContentDigestMismatch {
        for (ContentDigest.Expected each : expected) {
            each.check();
        }
    }
}
