package dev.slotgate.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.TestDatabase;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.state.MasterKey;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class StoredPinLatchTests {

    private static final TokenIdentity TOKEN = new TokenIdentity("soft", "s-a", "a");
    private static final TokenIdentity OTHER = new TokenIdentity("soft", "s-b", "a");

    @TempDir
    Path temporary;

    @ParameterizedTest
    @EnumSource
    void holdsEveryPinThatWasRefusedAlsoAfterARestart(TestDatabase kind) {
        JdbcClient database = kind.open();
        StoredPinLatch latch = process(database);
        latch.latch(TOKEN, pin("wrong-1"));
        latch.latch(TOKEN, pin("wrong-2"));

        for (StoredPinLatch process : new StoredPinLatch[] {latch, process(database)}) {
            assertThat(process.holds(TOKEN, pin("wrong-1"))).isTrue();
            assertThat(process.holds(TOKEN, pin("wrong-2"))).isTrue();
            assertThat(process.holds(TOKEN, pin("right"))).isFalse();
            assertThat(process.holds(OTHER, pin("wrong-1"))).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRelabelledTokenIsTheSameToken(TestDatabase kind) {
        JdbcClient database = kind.open();
        process(database).latch(TOKEN, pin("wrong"));

        assertThat(process(database).holds(new TokenIdentity("soft", "s-a", "z"), pin("wrong")))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aPinMayBeRefusedTwice(TestDatabase kind) {
        JdbcClient database = kind.open();
        StoredPinLatch latch = process(database);
        latch.latch(TOKEN, pin("wrong"));
        latch.latch(TOKEN, pin("wrong"));

        assertThat(rows(database)).isEqualTo(1);
        assertThat(latch.holds(TOKEN, pin("wrong"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void isReleasedForOnePinOfOneTokenAndForEveryProcess(TestDatabase kind) {
        JdbcClient database = kind.open();
        StoredPinLatch latch = process(database);
        latch.latch(TOKEN, pin("wrong-1"));
        latch.latch(TOKEN, pin("wrong-2"));
        latch.latch(OTHER, pin("wrong-1"));
        process(database).release(TOKEN, pin("wrong-1"));

        assertThat(latch.holds(TOKEN, pin("wrong-1"))).isFalse();
        assertThat(latch.holds(TOKEN, pin("wrong-2"))).isTrue();
        assertThat(latch.holds(OTHER, pin("wrong-1"))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void withoutTheDatabaseThereIsNoAnswer(TestDatabase kind) {
        JdbcClient database = kind.open();
        StoredPinLatch latch = process(database);
        away(database);

        assertIsUnavailable(() -> latch.holds(TOKEN, pin("any")));
        assertIsUnavailable(() -> latch.release(TOKEN, pin("any")));
    }

    @ParameterizedTest
    @EnumSource
    void whatTheDatabaseDoesNotTakeIsHeldInMemoryAndWrittenLater(TestDatabase kind) {
        JdbcClient database = kind.open();
        StoredPinLatch latch = process(database);
        away(database);
        latch.latch(TOKEN, pin("wrong"));

        assertThat(latch.holds(TOKEN, pin("wrong"))).isTrue();
        back(database);
        assertThat(latch.holds(TOKEN, pin("wrong"))).isTrue();
        assertThat(process(database).holds(TOKEN, pin("wrong")))
                .as("after a restart")
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsHeldInMemoryIsReleasedToo(TestDatabase kind) {
        JdbcClient database = kind.open();
        StoredPinLatch latch = process(database);
        away(database);
        latch.latch(TOKEN, pin("wrong"));
        back(database);
        latch.release(TOKEN, pin("wrong"));

        assertThat(latch.holds(TOKEN, pin("wrong"))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void theDatabaseHoldsNothingThatAPinCanBeGuessedFrom(TestDatabase kind) {
        JdbcClient database = kind.open();
        process(database).latch(TOKEN, pin("98765432"));
        String row = database.sql("select * from pin_latch").query().singleRow().toString();

        assertThat(row).doesNotContain("98765432", "3938373635343332");
        MasterKey another = MasterKey.readOrMake(temporary.resolve("another.key"));
        assertThat(new StoredPinLatch(database, another).holds(TOKEN, pin("98765432")))
                .as("the same PIN under another master key")
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void leavesThePinToItsOwner(TestDatabase kind) {
        JdbcClient database = kind.open();
        Pin pin = pin("pïn");
        process(database).latch(TOKEN, pin);

        assertThat(pin.matches(pin("pïn"))).isTrue();
        assertThat(process(database).holds(TOKEN, pin("pin"))).isFalse();
    }

    private StoredPinLatch process(JdbcClient database) {
        return new StoredPinLatch(database, MasterKey.readOrMake(temporary.resolve("master.key")));
    }

    private static int rows(JdbcClient database) {
        return database.sql("select count(*) from pin_latch")
                .query(Integer.class)
                .single();
    }

    private static void away(JdbcClient database) {
        database.sql("alter table pin_latch rename to away").update();
    }

    private static void back(JdbcClient database) {
        database.sql("alter table away rename to pin_latch").update();
    }

    private static Pin pin(String text) {
        return new Pin(text.toCharArray());
    }

    private static void assertIsUnavailable(ThrowingCallable call) {
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(call)
                .returns(HsmFailure.DATABASE_UNAVAILABLE, HsmException::failure);
    }
}
