package dev.slotgate.state;

import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database remembers of the master key that its rows were sealed under: enough to know it again, and no more. */
public final class MasterKeyRecord {

    private final JdbcClient database;

    public MasterKeyRecord(JdbcClient database) {
        this.database = database;
    }

    /** Remembers the first key. @throws StateUnusable when the rows were sealed under another one */
    public void check(MasterKey key) {
        String mine = mark(key);
        List<String> marks = database.sql("select hmac from master_key")
                .query((row, _) -> Objects.requireNonNull(row.getString("hmac")))
                .list();
        if (marks.isEmpty()) {
            remember(mine);
        } else if (!marks.equals(List.of(mine))) {
            throw new StateUnusable(
                    "The database was written under another master key: set slotgate.master-key-file to "
                            + "that one, or put a back-up of it in its place.");
        }
    }

    /** The rows are sealed under another key from now on. */
    public void replace(MasterKey key) {
        database.sql("delete from master_key").update();
        remember(mark(key));
    }

    private void remember(String mark) {
        try {
            database.sql("insert into master_key (hmac) values (:mark)")
                    .param("mark", mark)
                    .update();
        } catch (DuplicateKeyException e) {
            // Another gateway with the same key was faster.
        }
    }

    private static String mark(MasterKey key) {
        return HexFormat.of().formatHex(key.hmac("master-key"));
    }
}
