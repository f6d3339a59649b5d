package dev.slotgate.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.List;

/** A body that is checked against its digests when its end is read: whoever reads all of it acts on nothing else. */
final class DigestedBody extends ServletInputStream {

    private final ServletInputStream body;
    private final List<ContentDigest.Expected> expected;
    private boolean checked;

    DigestedBody(ServletInputStream body, List<ContentDigest.Expected> expected) {
        this.body = body;
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        int next = body.read();
        if (next < 0) {
            check();
        } else {
            expected.forEach(each -> each.made().update((byte) next));
        }
        return next;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int got = body.read(into, offset, length);
        if (got < 0) {
            check();
        } else {
            expected.forEach(each -> each.made().update(into, offset, got));
        }
        return got;
    }

    private void check() throws ContentDigestMismatch {
        if (!checked) {
            checked = true;
            for (ContentDigest.Expected each : expected) {
                each.check();
            }
        }
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        throw new IllegalStateException("calls are served without listeners");
    }
}
