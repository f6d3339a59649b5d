package dev.slotgate.crypto;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.MacAlgorithm;
import dev.slotgate.hsm.MacStream;
import dev.slotgate.hsm.MacStreams;
import dev.slotgate.hsm.SlotId;
import java.io.IOException;
import java.io.InputStream;

/** The MAC of a message that is too long for one call. It is given up when it is closed before it has ended. */
final class LongMac implements AutoCloseable {

    private final MacStreams streams;
    private final SlotId slot;
    private final MacStream stream;
    private boolean ended;

    private LongMac(MacStreams streams, SlotId slot, MacStream stream) {
        this.streams = streams;
        this.slot = slot;
        this.stream = stream;
    }

    /** @throws HsmException TOO_LARGE where the token takes messages in one call only */
    static LongMac begin(MacStreams streams, SlotId slot, KeyId key, MacAlgorithm algorithm) {
        return streams.begin(slot, key, algorithm)
                .map(stream -> new LongMac(streams, slot, stream))
                .orElseThrow(() -> StreamedMessage.tooLarge("A MAC of this token"));
    }

    void update(byte[] part) {
        streams.update(slot, stream, part);
    }

    /** Adds all that comes. */
    void update(InputStream rest) throws IOException {
        for (byte[] part = part(rest); part.length > 0; part = part(rest)) {
            update(part);
        }
    }

    private static byte[] part(InputStream rest) throws IOException {
        return rest.readNBytes(StreamedMessage.BUFFER);
    }

    byte[] end() {
        byte[] mac = streams.end(slot, stream);
        ended = true;
        return mac;
    }

    @Override
    public void close() {
        if (!ended) {
            streams.abort(slot, stream);
        }
    }
}
