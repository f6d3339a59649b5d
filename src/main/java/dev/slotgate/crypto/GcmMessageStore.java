package dev.slotgate.crypto;

import dev.slotgate.hsm.KeyId;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How many messages each key of a token has encrypted with GCM, in the database that all instances share. */
@Repository
class GcmMessageStore {

    private final JdbcClient database;

    GcmMessageStore(JdbcClient database) {
        this.database = database;
    }

    /**
     * Counts a block of messages, or as many as are left.
     *
     * @return how many were counted: 0 when none are left
     */
    Block count(String serial, KeyId key, long block, long most) {
        while (true) {
            long before = messages(serial, key);
            long counted = Math.min(block, most - before);
            if (counted <= 0) {
                return new Block(0, before);
            }
            // Another instance may have been faster.
            if (set(serial, key, before, before + counted)) {
                return new Block(counted, before + counted);
            }
        }
    }

    /** @param end how many were counted with these, and all before */
    record Block(long messages, long end) {}

    private long messages(String serial, KeyId key) {
        return of("select messages from gcm_messages where serial = :serial and key_id = :key", serial, key)
                .query(Long.class)
                .optional()
                .orElseGet(() -> begin(serial, key));
    }

    private long begin(String serial, KeyId key) {
        try {
            of("insert into gcm_messages (serial, key_id, messages) values (:serial, :key, 0)", serial, key)
                    .update();
            return 0;
        } catch (DuplicateKeyException e) {
            return messages(serial, key);
        }
    }

    private boolean set(String serial, KeyId key, long before, long after) {
        return of(
                                "update gcm_messages set messages = :after where serial = :serial and key_id = :key"
                                        + " and messages = :before",
                                serial,
                                key)
                        .param("before", before)
                        .param("after", after)
                        .update()
                > 0;
    }

    private JdbcClient.StatementSpec of(String sql, String serial, KeyId key) {
        return database.sql(sql).param("serial", serial).param("key", key.hex());
    }
}
