package dev.slotgate.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.TestDatabase;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinFlags;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.state.InstanceId;
import dev.slotgate.state.MasterKey;
import dev.slotgate.state.MasterKeyRecord;
import dev.slotgate.state.PendingChanges;
import dev.slotgate.state.StateUnusable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import javax.sql.DataSource;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The store of PINs, and what it keeps of changes under way. */
class PinVaultTests {

    private static final TokenIdentity TOKEN = new TokenIdentity("soft", "s-a", "a");
    private static final PinFlags LAST_TRY = new PinFlags(true, true, false);
    private static final TokenIdentity OTHER = new TokenIdentity("soft", "s-b", "a");

    @TempDir
    Path data;

    private InstanceId instance;
    private JdbcClient database;
    private DataSource source;
    private PlannedPins planned;
    private PinVault vault;

    @BeforeEach
    void start() {
        instance = InstanceId.in(data);
        source = TestDatabase.H2.migrated();
        database = JdbcClient.create(source);
        restart();
    }

    @AfterEach
    void stop() {
        instance.close();
    }

    @ParameterizedTest
    @EnumSource
    void theLastPinThatATokenAcceptedIsKept(TestDatabase kind) {
        open(kind);
        assertThat(vault.userPins(TOKEN)).isEmpty();
        accepted("first-pin");
        accepted("second-pin");
        accepted("second-pin");
        assertThat(pins(TOKEN)).containsExactly("second-pin");
        assertThat(pins(OTHER)).isEmpty();
        assertThat(rows()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void noPinIsInTheDatabaseInTheClear(TestDatabase kind) {
        open(kind);
        accepted("first-pin");
        planned.plan(PlannedPins.Kind.CHANGE_SO_PIN, TOKEN, pin("old-so-pin"), null, pin("new-so-pin"), false);
        assertThat(database.sql("select sealed from stored_pin")
                        .query(String.class)
                        .list())
                .hasSize(3)
                // with the hyphen, which Base64 has not: three letters alone come up by chance
                .noneMatch(text -> text.contains("-pin"))
                .noneMatch(text -> decoded(text).contains("-pin"));
    }

    @ParameterizedTest
    @EnumSource
    void aRowOfAnotherTokenOpensNothing(TestDatabase kind) {
        open(kind);
        accepted("first-pin");
        database.sql("update stored_pin set serial = 's-b'").update();
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> vault.userPins(OTHER))
                .returns(HsmFailure.DATABASE_UNAVAILABLE, HsmException::failure);
    }

    @ParameterizedTest
    @EnumSource
    void thePinsOfAChangeAreTriedOnlyWhenNobodyMakesItAnyMoreOldOneFirst(TestDatabase kind) {
        open(kind);
        accepted("old-pin");
        PlannedPin plan = change("old-pin", "new-pin");
        assertThat(pins(TOKEN)).as("its caller may have given wrong ones").containsExactly("old-pin");
        restart();
        assertThat(pins(TOKEN)).containsExactly("old-pin", "new-pin");
        planned.made(plan);
        assertThat(pins(TOKEN)).containsExactly("new-pin");
        planned.notMade(change("new-pin", "newer-pin"));
        assertThat(pins(TOKEN)).containsExactly("new-pin");
        assertThat(rows()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void theOldPinThatACallerGaveIsKeptWhereThereWasNone(TestDatabase kind) {
        open(kind);
        PlannedPin plan = change("old-pin", "new-pin");
        assertThat(pins(TOKEN)).isEmpty();
        restart();
        assertThat(pins(TOKEN)).containsExactly("old-pin", "new-pin");
        planned.notMade(plan);
        assertThat(pins(TOKEN)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void oneChangeAtATime(TestDatabase kind) {
        open(kind);
        change("old-pin", "new-pin");
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> change("old-pin", "other-pin"))
                .returns(HsmFailure.SLOT_BUSY, HsmException::failure);
        restart();
        assertThat(pins(TOKEN)).containsExactly("old-pin", "new-pin");
    }

    @ParameterizedTest
    @EnumSource
    void aLoginWithTheNewPinSettlesAChange(TestDatabase kind) {
        open(kind);
        accepted("old-pin");
        change("old-pin", "new-pin");
        restart();
        accepted("new-pin");
        assertThat(pins(TOKEN)).containsExactly("new-pin");
        assertThat(planned.leftBehind(TOKEN)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aLoginWithTheOldPinSettlesAChangeOnlyWhenNothingCanBeUnderWay(TestDatabase kind) {
        open(kind);
        accepted("old-pin");
        PlannedPin plan = change("old-pin", "new-pin");
        database.sql("update stored_pin set created_at = created_at - interval '11' second")
                .update();
        accepted("old-pin");
        assertThat(planned.of(plan)).as("the change runs").hasSize(1);
        restart();
        database.sql("update stored_pin set created_at = current_timestamp").update();
        accepted("old-pin");
        assertThat(pins(TOKEN)).as("it may still run elsewhere").containsExactly("old-pin", "new-pin");
        database.sql("update stored_pin set created_at = created_at - interval '11' second")
                .update();
        accepted("old-pin");
        assertThat(pins(TOKEN)).containsExactly("old-pin");
        assertThat(planned.of(plan)).isEmpty();
        assertThat(planned.leftBehind(TOKEN)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatNoLoginSettlesGivesWayToTheSoWhosePinIsRight(TestDatabase kind) {
        open(kind);
        accepted("old-pin");
        PlannedPin plan = change("old-pin", "new-pin");
        planned.giveWay(TOKEN, LAST_TRY, Assertions::fail);
        restart();
        planned.giveWay(TOKEN, LAST_TRY, Assertions::fail);
        assertThat(planned.of(plan)).as("it may still be under way").hasSize(1);

        database.sql("update stored_pin set created_at = created_at - interval '11' second")
                .update();
        planned.giveWay(TOKEN, new PinFlags(true, false, false), Assertions::fail);
        assertThat(planned.of(plan)).as("a login may settle it").hasSize(1);
        var wrong = new HsmException(HsmFailure.PIN_INCORRECT, "The SO PIN is wrong.");
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> planned.giveWay(TOKEN, LAST_TRY, () -> {
                    throw wrong;
                }))
                .isSameAs(wrong);
        assertThat(pins(TOKEN)).containsExactly("old-pin", "new-pin");

        planned.giveWay(TOKEN, LAST_TRY, () -> {});
        assertThat(planned.leftBehind(TOKEN)).isEmpty();
        assertThat(pins(TOKEN)).containsExactly("old-pin");
    }

    @ParameterizedTest
    @EnumSource
    void aPinThatOnlyTheGatewayKnowsIsNotForgottenButNotUsed(TestDatabase kind) {
        open(kind);
        accepted("old-pin");
        vault.forget(TOKEN);
        assertThat(rows()).isZero();
        planned.made(
                planned.plan(PlannedPins.Kind.CHANGE_USER_PIN, TOKEN, null, pin("old-pin"), pin("random-pin"), true));
        vault.forget(TOKEN);
        assertThat(pins(TOKEN)).isEmpty();
        assertThat(vault.keptPin(TOKEN)).get().matches(kept -> kept.matches(pin("random-pin")));
        accepted("random-pin");
        assertThat(pins(TOKEN)).containsExactly("random-pin");
    }

    private void open(TestDatabase kind) {
        source = kind.migrated();
        database = JdbcClient.create(source);
        restart();
    }

    /** As another process of the same instance would find it. */
    private void restart() {
        var transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
        var seal = new PinSeal(MasterKey.readOrMake(data.resolve("master.key")));
        var table = new PinTable(database);
        planned = new PlannedPins(
                table, seal, new PendingChanges(database, instance, InstantSource.system()), transaction);
        vault = new PinVault(table, seal, planned, transaction);
    }

    @ParameterizedTest
    @EnumSource
    void underANewMasterKeyThePinsAreTheSameAndTheOldKeyOpensNone(TestDatabase kind) {
        open(kind);
        accepted("old-pin");
        change("old-pin", "new-pin");
        var latch = new StoredPinLatch(database, MasterKey.readOrMake(data.resolve("master.key")));
        latch.latch(OTHER, pin("refused-pin"));
        MasterKey next = MasterKey.readOrMake(data.resolve("next.key"));
        new MasterKeyChange(
                        new PinTable(database),
                        new PinSeal(MasterKey.readOrMake(data.resolve("master.key"))),
                        database,
                        new TransactionTemplate(new DataSourceTransactionManager(source)),
                        null)
                .change(next);

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> vault.userPins(TOKEN))
                .returns(HsmFailure.DATABASE_UNAVAILABLE, HsmException::failure);
        var seal = new PinSeal(next);
        assertThat(new PinTable(database).of(TOKEN))
                .extracting(stored -> new String(seal.open(TOKEN, stored).characters()))
                .containsExactly("old-pin", "new-pin");
        var latchNow = new StoredPinLatch(database, next);
        assertThat(latchNow.holds(OTHER, pin("refused-pin"))).isTrue();
        latchNow.release(OTHER, pin("right-pin"));
        assertThat(latchNow.holds(OTHER, pin("right-pin"))).isFalse();
        assertThatExceptionOfType(StateUnusable.class)
                .isThrownBy(() -> new MasterKeyRecord(database).check(MasterKey.readOrMake(data.resolve("master.key"))))
                .withMessageContaining("another master key");
        new MasterKeyRecord(database).check(next);
    }

    private PlannedPin change(String current, String next) {
        return planned.plan(PlannedPins.Kind.CHANGE_USER_PIN, TOKEN, null, pin(current), pin(next), false);
    }

    private void accepted(String pin) {
        vault.accepted(TOKEN, pin(pin));
    }

    private List<String> pins(TokenIdentity token) {
        return vault.userPins(token).stream()
                .map(pin -> new String(pin.characters()))
                .toList();
    }

    private int rows() {
        return database.sql("select count(*) from stored_pin")
                .query(Integer.class)
                .single();
    }

    private static String decoded(String sealed) {
        return new String(Base64.getDecoder().decode(sealed), StandardCharsets.ISO_8859_1);
    }

    private static Pin pin(String text) {
        return new Pin(text.toCharArray());
    }
}
