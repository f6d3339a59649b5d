package dev.slotgate.hsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WrittenChangeTests {

    private final List<String> written = new ArrayList<>();
    private boolean databaseIsAway;

    private final WrittenChange change =
            new WrittenChange("key aa", () -> write("made"), () -> write("not made"), () -> written.add("left open"));

    @Test
    void whatWasMadeIsWrittenDown() {
        assertThat(change.<String>make(() -> "a key")).isEqualTo("a key");
        assertThat(written).containsExactly("made");
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "LABEL_IN_USE",
                "SLOT_BUSY",
                "SLOT_LOCKED",
                "REFUSED_BY_TOKEN",
                "TOKEN_TIMEOUT",
                "TOKEN_UNAVAILABLE"
            })
    void whatWasCertainlyNotMadeIsWrittenDown(HsmFailure failure) {
        assertFailsWith(failure);
        assertThat(written).containsExactly("not made");
    }

    @Test
    void whatMayHaveBeenMadeIsLeftToBeSettled() {
        assertFailsWith(HsmFailure.OUTCOME_UNKNOWN);
        assertThat(written).containsExactly("left open");
    }

    @Test
    void whatNobodyExpectedIsLeftToBeSettledToo() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> change.make(() -> {
                    throw new IllegalStateException("inside");
                }));
        assertThat(written).containsExactly("left open");
    }

    @Test
    void whatTheTokenDidStandsWhateverTheDatabaseDoes() {
        databaseIsAway = true;
        assertThat(change.<String>make(() -> "a key")).isEqualTo("a key");
        assertFailsWith(HsmFailure.LABEL_IN_USE);
        assertThat(written).containsExactly("left open", "left open");
    }

    private void assertFailsWith(HsmFailure failure) {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> change.make(() -> {
                    throw new HsmException(failure, "It failed.");
                }))
                .returns(failure, HsmException::failure);
    }

    private void write(String outcome) {
        if (databaseIsAway) {
            throw new IllegalStateException("away");
        }
        written.add(outcome);
    }
}
