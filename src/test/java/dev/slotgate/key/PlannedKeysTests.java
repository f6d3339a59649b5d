package dev.slotgate.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.TestDatabase;
import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.state.InstanceId;
import dev.slotgate.state.PendingChanges;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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
    private static final KeyId NEXT = new KeyId("bb");
    private static final KeyMetadata TOLD = KeyMetadata.ofNew(Map.of("team", "x"), List.of("ES256"), null);

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
        assertThat(make(process(source), () -> "made")).isEqualTo("made");

        assertThat(store(source).find("s-a", KEY)).contains(TOLD);
        assertThat(process(source).unsettled(TOKEN)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatIsNotMadeLeavesNothing(TestDatabase database) {
        DataSource source = database.migrated();
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> make(process(source), failing(HsmFailure.REFUSED_BY_TOKEN)));

        assertThat(store(source).find("s-a", KEY)).isEmpty();
        assertThat(process(source).unsettled(TOKEN)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyOfWhichNobodyKnowsIsSettledByTheNextProcess(TestDatabase database) {
        DataSource source = database.migrated();
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> make(process(source), failing(HsmFailure.OUTCOME_UNKNOWN)));

        PlannedKeys next = process(source);
        assertThat(next.isOpen(TOKEN, KEY)).isTrue();
        PlannedKey left = next.unsettled(TOKEN).getFirst();
        assertThat(left.id()).isEqualTo(KEY);
        assertThat(left.plan()).isEqualTo(KeyPlan.MAKE_PRIVATE_KEY);
        next.notMade(left);
        assertThat(next.unsettled(TOKEN)).isEmpty();
        assertThat(store(source).find("s-a", KEY)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aNextVersionSucceedsTheOneBefore(TestDatabase database) {
        DataSource source = database.migrated();
        KeyId next = new KeyId("bb");
        PlannedKeys planned = process(source);
        make(planned, () -> "made");
        planned.make(TOKEN, KeyPlan.ROTATE_PRIVATE_KEY, next, TOLD.ofNext(KEY), () -> "made");

        assertThat(store(source).find("s-a", KEY))
                .map(metadata -> metadata.version().successor())
                .contains(next);
        assertThat(store(source).find("s-a", next)).map(KeyMetadata::version).contains(new KeyVersion(2, KEY, null));
    }

    @ParameterizedTest
    @EnumSource
    void aDestroyedKeyIsRemembered(TestDatabase database) {
        DataSource source = database.migrated();
        PlannedKeys planned = process(source);
        make(planned, () -> "made");
        planned.destroy(TOKEN, KEY, () -> {});

        assertThat(store(source).find("s-a", KEY)).map(KeyMetadata::destroyed).contains(true);
        assertThat(process(source).unsettled(TOKEN)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatWasNotDestroyedStays(TestDatabase database) {
        DataSource source = database.migrated();
        PlannedKeys planned = process(source);
        make(planned, () -> "made");
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> planned.destroy(TOKEN, KEY, () -> {
                    throw new HsmException(HsmFailure.SLOT_BUSY, "It failed.");
                }));

        assertThat(store(source).find("s-a", KEY)).contains(TOLD);
        assertThat(process(source).unsettled(TOKEN)).isEmpty();
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

        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> make(planned, () -> {
                    throw new AssertionError("the token is not asked");
                }));
        assertThat(store(source).find("s-a", KEY)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theNextVersionIsRuledAsThePreviousOneIsInTheEnd(TestDatabase database) {
        DataSource source = database.migrated();
        make(process(source), () -> "made");
        List<Grant> granted = List.of(new Grant("sub", List.of("sign")));

        rotate(process(source), NEXT, () -> {
            store(source).setGrants("s-a", KEY, granted);
            return "rotated";
        });

        assertThat(store(source).find("s-a", NEXT).orElseThrow().grants()).isEqualTo(granted);
        assertThat(store(source).find("s-a", KEY).orElseThrow().version().successor())
                .isEqualTo(NEXT);
    }

    @ParameterizedTest
    @EnumSource
    void aKeyIsFollowedByOneKeyOnly(TestDatabase database) {
        DataSource source = database.migrated();
        make(process(source), () -> "made");
        KeyId other = new KeyId("cc");

        rotate(process(source), NEXT, () -> {
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> rotate(process(source), other, () -> "rotated twice"))
                    .returns(HsmFailure.SLOT_BUSY, HsmException::failure);
            return "rotated";
        });
        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> rotate(process(source), other, () -> "rotated twice"))
                .returns(HsmFailure.KEY_SUPERSEDED, HsmException::failure);
        assertThat(store(source).find("s-a", other)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aRotationThatCameToNothingLeavesRoomForAnother(TestDatabase database) {
        DataSource source = database.migrated();
        make(process(source), () -> "made");

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> rotate(process(source), NEXT, failing(HsmFailure.TOKEN_TIMEOUT)));

        assertThat(rotate(process(source), new KeyId("cc"), () -> "rotated")).isEqualTo("rotated");
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoKeysOfOneIdAtOnceTheFirstKeepsWhatIsKnownOfIt(TestDatabase database) {
        DataSource source = database.migrated();
        PlannedKeys here = process(source);

        String first = make(here, () -> {
            assertThatExceptionOfType(HsmException.class)
                    .isThrownBy(() -> make(process(source), () -> "second"))
                    .extracting(HsmException::failure)
                    .isEqualTo(HsmFailure.SLOT_BUSY);
            return "first";
        });

        assertThat(first).isEqualTo("first");
        assertThat(store(source).find(TOKEN.serial(), KEY)).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatWasRestoredIsNotDestroyed(TestDatabase database) {
        DataSource source = database.migrated();
        PlannedKeys planned = process(source);
        Instant now = Instant.now();
        makeDue(source, planned, now);
        planned.restore(TOKEN.serial(), KEY);

        assertThatExceptionOfType(HsmException.class)
                .isThrownBy(() -> planned.destroyDue(TOKEN, KEY, now, () -> {
                    throw new AssertionError("the token is not asked");
                }))
                .extracting(HsmException::failure)
                .isEqualTo(HsmFailure.KEY_CHANGED);
        assertThat(planned.isOpen(TOKEN, KEY)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatIsBeingDestroyedIsNotRestored(TestDatabase database) {
        DataSource source = database.migrated();
        PlannedKeys planned = process(source);
        Instant now = Instant.now();
        makeDue(source, planned, now);

        planned.destroyDue(
                TOKEN,
                KEY,
                now,
                () -> assertThatExceptionOfType(HsmException.class)
                        .isThrownBy(() -> process(source).restore(TOKEN.serial(), KEY))
                        .extracting(HsmException::failure)
                        .isEqualTo(HsmFailure.SLOT_BUSY));

        assertThat(store(source).find(TOKEN.serial(), KEY))
                .hasValueSatisfying(known -> assertThat(known.destroyed()).isTrue());
    }

    /** Makes a key that is to be destroyed. */
    private static void makeDue(DataSource source, PlannedKeys planned, Instant now) {
        make(planned, () -> "made");
        store(source).setDestroyAt(TOKEN.serial(), KEY, now.minusSeconds(1));
    }

    private static <T> T rotate(PlannedKeys planned, KeyId next, Supplier<T> making) {
        return planned.make(TOKEN, KeyPlan.ROTATE_PRIVATE_KEY, next, TOLD.ofNext(KEY), making);
    }

    private static <T> T make(PlannedKeys planned, Supplier<T> making) {
        return planned.make(TOKEN, KeyPlan.MAKE_PRIVATE_KEY, KEY, TOLD, making);
    }

    private static Supplier<String> failing(HsmFailure failure) {
        return () -> {
            throw new HsmException(failure, "It failed.");
        };
    }

    private PlannedKeys process(DataSource source) {
        var transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        JdbcClient client = JdbcClient.create(source);
        return new PlannedKeys(
                store(source),
                new KeyVersionStore(client),
                new KnownMetadata(store(source), transaction),
                changes(source),
                new TokenChanges(client),
                transaction);
    }

    private PendingChanges changes(DataSource source) {
        return new PendingChanges(JdbcClient.create(source), instance, InstantSource.system());
    }

    private static KeyMetadataStore store(DataSource source) {
        return new KeyMetadataStore(
                JdbcClient.create(source), JsonMapper.builder().build());
    }
}
