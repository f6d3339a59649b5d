package dev.slotgate.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.TestDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class TokenChangesTests {

    @ParameterizedTest
    @EnumSource
    void whatWasMadeHereWasNotMadeElsewhere(TestDatabase database) {
        DataSource source = database.migrated();
        var here = new TokenChanges(JdbcClient.create(source));
        var there = new TokenChanges(JdbcClient.create(source));

        here.made("a");
        here.made("a");
        there.made("b");

        assertThat(here.madeElsewhere()).containsEntry("a", 0L).containsEntry("b", 1L);
        assertThat(there.madeElsewhere()).containsEntry("a", 2L).containsEntry("b", 0L);
    }
}
