package dev.slotgate.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import javax.sql.DataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class PendingChangesTests {

    @TempDir
    Path temporary;

    private InstanceId here;
    private InstanceId there;
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");

    @BeforeEach
    void startInstances() {
        here = InstanceId.in(temporary.resolve("here"));
        there = InstanceId.in(temporary.resolve("there"));
    }

    @AfterEach
    void stopInstances() {
        here.close();
        there.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatRunsHereIsNotSettled(TestDatabase kind) {
        JdbcClient database = kind.open();
        PendingChanges changes = process(database, here);
        changes.open("m", "s", "generate-key", "aa");

        assertThat(changes.unsettled("m", "s")).isEmpty();
        afterMinutes(60);
        assertThat(changes.unsettled("m", "s")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatAnEarlierProcessLeftIsSettledAtOnce(TestDatabase kind) {
        JdbcClient database = kind.open();
        String first = process(database, here).open("m", "s", "generate-key", "aa");
        age(database, 1);
        String second = process(database, here).open("m", "s", "init", null);

        assertThat(process(database, here).unsettled("m", "s"))
                .containsExactly(
                        new PendingChange(first, "generate-key", "aa"), new PendingChange(second, "init", null));
    }

    @ParameterizedTest
    @EnumSource
    void tokensAreToldApartByModuleAndSerialNumber(TestDatabase kind) {
        JdbcClient database = kind.open();
        process(database, here).open("m", "s", "generate-key", "aa");

        assertThat(process(database, here).unsettled("m", "t")).isEmpty();
        assertThat(process(database, here).unsettled("n", "s")).isEmpty();
        assertThat(process(database, here).unsettled("m", "s")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsClosedIsGone(TestDatabase kind) {
        JdbcClient database = kind.open();
        PendingChanges changes = process(database, here);
        changes.close(changes.open("m", "s", "generate-key", "aa"));

        assertThat(changes.unsettled("m", "s")).isEmpty();
        assertThat(process(database, here).unsettled("m", "s")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatEndedWithAnUnknownOutcomeIsSettledWhenTheTokenMustBeDoneWithIt(TestDatabase kind) {
        JdbcClient database = kind.open();
        PendingChanges changes = process(database, here);
        changes.leaveOpen(changes.open("m", "s", "generate-key", "aa"));

        assertThat(changes.unsettled("m", "s")).isEmpty();
        afterMinutes(2);
        assertThat(changes.unsettled("m", "s")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void anotherInstancesChangesAreItsOwnForTenMinutes(TestDatabase kind) {
        JdbcClient database = kind.open();
        String left = process(database, there).open("m", "s", "generate-key", "aa");

        age(database, 9);
        assertThat(process(database, here).unsettled("m", "s")).isEmpty();
        age(database, 2);
        assertThat(process(database, here).unsettled("m", "s"))
                .extracting(PendingChange::id)
                .containsExactly(left);
    }

    @ParameterizedTest
    @EnumSource
    void aChangeWhoseTransactionComesToNothingIsNoChange(TestDatabase kind) {
        DataSource source = kind.migrated();
        JdbcClient database = JdbcClient.create(source);
        PendingChanges changes = process(database, here);
        new TransactionTemplate(new JdbcTransactionManager(source)).executeWithoutResult(transaction -> {
            changes.open("m", "s", "generate-key", "aa");
            transaction.setRollbackOnly();
        });

        assertThat(changes)
                .extracting("running")
                .asInstanceOf(InstanceOfAssertFactories.ITERABLE)
                .isEmpty();
        assertThat(process(database, here).unsettled("m", "s")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aChangeThatCannotBeClosedIsSettledLater(TestDatabase kind) {
        JdbcClient database = kind.open();
        PendingChanges changes = process(database, here);
        String change = changes.open("m", "s", "generate-key", "aa");
        database.sql("alter table pending_change rename to away").update();
        assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> changes.close(change));
        database.sql("alter table away rename to pending_change").update();

        assertThat(changes.unsettled("m", "s")).extracting(PendingChange::id).containsExactly(change);
    }

    private PendingChanges process(JdbcClient database, InstanceId instance) {
        return new PendingChanges(database, instance, () -> now);
    }

    private void afterMinutes(int minutes) {
        now = now.plusSeconds(60L * minutes);
    }

    private static void age(JdbcClient database, int minutes) {
        database.sql("update pending_change set created_at = created_at - interval '" + minutes + "' minute")
                .update();
    }
}
