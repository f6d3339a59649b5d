package dev.slotgate.key;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Counts in the database how often keys of a token were relabelled or destroyed, for the other instances: what they remember
 * of its keys is void then. Keys that are made are found when they are looked for.
 */
@Component
class TokenChanges {

    private static final Logger LOG = LoggerFactory.getLogger(TokenChanges.class);

    private final JdbcClient database;
    private final Map<String, Long> madeHere = new ConcurrentHashMap<>();

    TokenChanges(JdbcClient database) {
        this.database = database;
    }

    /** One was made here. It stands, whether the others can be told or not: they find out, only later. */
    void made(String serial) {
        try {
            if (count(serial) == 0) {
                insert(serial);
            }
            madeHere.merge(serial, 1L, Long::sum);
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("Other instances see what has changed on token {} up to a minute late: {}", serial, e.toString());
        }
    }

    private int count(String serial) {
        return database.sql("update token_change set changes = changes + 1 where serial = :serial")
                .param("serial", serial)
                .update();
    }

    private void insert(String serial) {
        try {
            database.sql("insert into token_change (serial, changes) values (:serial, 1)")
                    .param("serial", serial)
                    .update();
        } catch (DuplicateKeyException e) {
            count(serial);
        }
    }

    /** How many were made elsewhere since some day, by the token's serial number. */
    Map<String, Long> madeElsewhere() {
        Map<String, Long> here = Map.copyOf(madeHere);
        return database.sql("select serial, changes from token_change").query(rows -> {
            var elsewhere = new HashMap<String, Long>();
            while (rows.next()) {
                String serial = rows.getString("serial");
                elsewhere.put(serial, rows.getLong("changes") - here.getOrDefault(serial, 0L));
            }
            return elsewhere;
        });
    }
}
