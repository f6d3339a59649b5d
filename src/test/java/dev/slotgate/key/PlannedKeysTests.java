package dev.slotgate.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.TestDatabase;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.state.InstanceId;
import dev.slotgate.state.PendingChanges;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

class PlannedKeysTests {

    private static final TokenIdentity TOKEN = new TokenIdentity("soft", "s-a", "a");
    private static final KeyId KEY = new KeyId("aa");
    private static final KeyMetadata TOLD = new KeyMetadata(Map.of("team", "x"), List.of("ES256"), null);

    @TempDir
    Path data;

    private InstanceId instance;

    @BeforeEach
    void start() {
        instance = InstanceId.in(data);
    }

    @AfterEach
    void stop() {
        instance.close();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatIsMadeKeepsItsMetadata(TestDatabase database) {
        DataSource source = database.migrated();
        PlannedKeys planned = process(source);
        planned.made(planned.plan(TOKEN, KEY, TOLD));

        assertThat(store(source).find("s-a", KEY)).contains(TOLD);
        assertThat(process(source).unsettled(TOKEN)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatIsNotMadeLeavesNothing(TestDatabase database) {
        DataSource source = database.migrated();
        PlannedKeys planned = process(source);
        planned.notMade(planned.plan(TOKEN, KEY, TOLD));

        assertThat(store(source).find("s-a", KEY)).isEmpty();
        assertThat(process(source).unsettled(TOKEN)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyOfWhichNobodyKnowsIsSettledByTheNextProcess(TestDatabase database) {
        DataSource source = database.migrated();
        PlannedKey plan = process(source).plan(TOKEN, KEY, TOLD);

        PlannedKeys next = process(source);
        assertThat(next.unsettled(TOKEN)).containsExactly(plan);
        next.notMade(plan);
        assertThat(next.unsettled(TOKEN)).isEmpty();
        assertThat(store(source).find("s-a", KEY)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void changesOfOtherKindsAreForOthersToSettle(TestDatabase database) {
        DataSource source = database.migrated();
        changes(source).open("soft", "s-a", "init", null);

        assertThat(process(source).unsettled(TOKEN)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void metadataAndPendingChangeComeTogetherOrNotAtAll(TestDatabase database) {
        DataSource source = database.migrated();
        PlannedKeys planned = process(source);
        JdbcClient.create(source)
                .sql("alter table pending_change rename to away")
                .update();

        assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> planned.plan(TOKEN, KEY, TOLD));
        assertThat(store(source).find("s-a", KEY)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void metadataAndPendingChangeGoTogetherOrNotAtAll(TestDatabase database) {
        DataSource source = database.migrated();
        PlannedKeys planned = process(source);
        PlannedKey plan = planned.plan(TOKEN, KEY, TOLD);
        JdbcClient.create(source)
                .sql("alter table pending_change rename to away")
                .update();

        assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> planned.notMade(plan));
        assertThat(store(source).find("s-a", KEY)).contains(TOLD);
    }

    private PlannedKeys process(DataSource source) {
        var transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        return new PlannedKeys(store(source), changes(source), transaction);
    }

    private PendingChanges changes(DataSource source) {
        return new PendingChanges(JdbcClient.create(source), instance, InstantSource.system());
    }

    private static KeyMetadataStore store(DataSource source) {
        return new KeyMetadataStore(
                JdbcClient.create(source), JsonMapper.builder().build());
    }
}
