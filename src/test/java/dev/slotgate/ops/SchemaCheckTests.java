package dev.slotgate.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.TestDatabase;
import dev.slotgate.hsm.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class SchemaCheckTests {

    private final SchemaCheck check = new SchemaCheck();

    @TempDir
    Path newerMigrations;

    @ParameterizedTest
    @EnumSource
    void anEmptyDatabaseIsFilledAndAFilledOneLeftAsItIs(TestDatabase kind) {
        DataSource database = kind.create();
        check.migrate(flyway(database));
        check.migrate(flyway(database));

        assertThat(JdbcClient.create(database)
                        .sql("select count(*) from pending_change")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aSchemaThatIsNewerThanTheProgramIsRefusedInOneSentence(TestDatabase kind) throws Exception {
        DataSource database = kind.migrated();
        Files.writeString(newerMigrations.resolve("V1000__newer.sql"), "create table newer (id integer);");
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration", "filesystem:" + newerMigrations)
                .load()
                .migrate();

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> check.migrate(flyway(database)))
                .withMessageContainingAll("version 1000", "newer Slotgate");
    }

    @ParameterizedTest
    @EnumSource
    void aSchemaThatOtherScriptsMadeIsRefused(TestDatabase kind) {
        DataSource database = changed(kind, "\"checksum\" = 1 where \"version\" = '1'");

        assertThatExceptionOfType(FlywayValidateException.class)
                .isThrownBy(() -> check.migrate(flyway(database)))
                .withMessageContaining("checksum mismatch");
    }

    @ParameterizedTest
    @EnumSource
    void theProgramKnowsWhatItsScriptsLeaveInTheDatabase(TestDatabase kind) throws Exception {
        List<String> made = SchemaCheck.scripts(kind.migrated());
        Path file = Files.write(Path.of("target/scripts.txt"), made);

        assertThat(SchemaCheck.ourScripts())
                .as("src/main/resources/db/scripts.txt, to be made anew: copy %s there", file)
                .isEqualTo(made);
    }

    @ParameterizedTest
    @EnumSource
    void aScriptThatFailedIsNotTakenForOneThatWasRun(TestDatabase kind) {
        DataSource database = changed(kind, "\"success\" = false where \"version\" = '9'");

        assertThatExceptionOfType(FlywayException.class)
                .isThrownBy(() -> check.migrate(flyway(database)))
                .withMessageContaining("version 9");
    }

    /** What was noted of a script is another thing now. */
    private static DataSource changed(TestDatabase kind, String change) {
        DataSource database = kind.migrated();
        JdbcClient.create(database)
                .sql("update \"flyway_schema_history\" set " + change)
                .update();
        return database;
    }

    private static Flyway flyway(DataSource database) {
        return Flyway.configure().dataSource(database).load();
    }
}
