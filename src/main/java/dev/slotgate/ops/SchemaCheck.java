package dev.slotgate.ops;

import dev.slotgate.hsm.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Leaves a database alone that a newer program made, since this one would read and write it wrongly, and one whose schema is as
 * it should be.
 */
@Component
class SchemaCheck implements FlywayMigrationStrategy {

    private static final Set<MigrationState> NEWER =
            Set.of(MigrationState.FUTURE_SUCCESS, MigrationState.FUTURE_FAILED);

    @Override
    public void migrate(Flyway flyway) {
        // To find out that there is nothing to do takes Flyway a twentieth of the start.
        if (!isMadeByOurScripts(flyway)) {
            check(flyway);
        }
    }

    private static boolean isMadeByOurScripts(Flyway flyway) {
        try {
            return scripts(flyway.getConfiguration().getDataSource()).equals(ourScripts());
        } catch (BadSqlGrammarException e) {
            // No script was run yet.
            return false;
        }
    }

    /** A line for each script that was run, in that order: its version, Flyway's checksum, and whether it succeeded. */
    static List<String> scripts(DataSource database) {
        return JdbcClient.create(database)
                .sql("select \"version\", \"checksum\", \"success\" from \"flyway_schema_history\""
                        + " where \"version\" is not null order by \"installed_rank\"")
                .query((row, _) ->
                        row.getString("version") + " " + row.getInt("checksum") + " " + row.getBoolean("success"))
                .list();
    }

    /** What is there when all scripts of this program were run, and no others. */
    static List<String> ourScripts() {
        try (InputStream lines = Objects.requireNonNull(SchemaCheck.class.getResourceAsStream("/db/scripts.txt"))) {
            return new String(lines.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("a part of this program cannot be read", e);
        }
    }

    private static void check(Flyway flyway) {
        MigrationInfo[] all = flyway.info().all();
        Arrays.stream(all)
                .filter(migration -> NEWER.contains(migration.getState()))
                .reduce((_, last) -> last)
                .ifPresent(SchemaCheck::refuse);
        if (!Arrays.stream(all).allMatch(SchemaCheck::isDone)) {
            flyway.migrate();
        }
    }

    private static boolean isDone(MigrationInfo migration) {
        return migration.getState() == MigrationState.SUCCESS
                && migration.isChecksumMatching()
                && migration.isDescriptionMatching()
                && migration.isTypeMatching();
    }

    private static void refuse(MigrationInfo newest) {
        throw new StartRefused("The database's schema is of version " + newest.getVersion()
                + ", which a newer Slotgate made: start that one, or put a back-up in the database's place.");
    }
}
