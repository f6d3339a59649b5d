package dev.slotgate.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.MacAlgorithm;
import dev.slotgate.hsm.MacStream;
import dev.slotgate.hsm.MacStreams;
import dev.slotgate.hsm.SlotId;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is asked of the token. */
class LongMacTests {

    private final List<String> asked = new ArrayList<>();
    private Optional<MacStream> begun = Optional.of(new MacStream(1, 2));

    @Test
    void aMessageComesInPartsOfBoundedSize() throws Exception {
        try (LongMac mac = begin()) {
            mac.update(new byte[] {1});
            mac.update(new ByteArrayInputStream(new byte[100_000]));
            assertThat(mac.end()).isEmpty();
        }
        assertThat(asked).containsExactly("1", "65536", "34464", "end");
    }

    @Test
    void whatDoesNotComeToItsEndIsGivenUp() {
        try (LongMac mac = begin()) {
            mac.update(new byte[3]);
        }
        assertThat(asked).containsExactly("3", "abort");
    }

    @Test
    void aTokenThatTakesMessagesAsAWholeOnlyTakesNoLongOnes() {
        begun = Optional.empty();
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(this::begin)
                .returns(HsmFailure.TOO_LARGE, HsmException::failure);
    }

    private LongMac begin() {
        return LongMac.begin(new Recorded(), new SlotId(0), new KeyId("aa"), MacAlgorithm.HS256);
    }

    private final class Recorded implements MacStreams {

        @Override
        public Optional<MacStream> begin(SlotId slot, KeyId key, MacAlgorithm algorithm) {
            return begun;
        }

        @Override
        public void update(SlotId slot, MacStream stream, byte[] part) {
            asked.add(String.valueOf(part.length));
        }

        @Override
        public byte[] end(SlotId slot, MacStream stream) {
            asked.add("end");
            return new byte[0];
        }

        @Override
        public void abort(SlotId slot, MacStream stream) {
            asked.add("abort");
        }
    }
}
