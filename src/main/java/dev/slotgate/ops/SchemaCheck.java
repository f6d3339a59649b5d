package dev.slotgate.ops;

import dev.slotgate.hsm.StartRefused;
import java.util.Arrays;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
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
        MigrationInfo[] all = flyway.info().all();
        Arrays.stream(all)
                .filter(migration -> NEWER.contains(migration.getState()))
                .reduce((_, last) -> last)
                .ifPresent(SchemaCheck::refuse);
        // To have nothing to do takes Flyway a fiftieth of the start.
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
