package dev.slotgate.key;

import dev.slotgate.hsm.KeyId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The metadata of keys in the database, by the serial number of the token and the key's id. What was known before the token
 * was initialised belongs to an earlier generation, and is closed.
 */
@Repository
class KeyMetadataStore {

    static final String GENERATION = "coalesce((select generation from token_generation where serial = :serial), 0)";
    private static final String OF_TOKEN = " where serial = :serial and generation = " + GENERATION;
    private static final String OF_KEY = OF_TOKEN + " and key_id = :key";
    private static final String COLUMNS = "select key_id, tags, algorithms, grants, disabled, version, previous, "
            + "successor, bits, created_at, destroy_at, destroyed_at from key_record ";

    private final JdbcClient database;
    private final JsonMapper json;

    KeyMetadataStore(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    void add(String serial, KeyId key, KeyMetadata told) {
        KeyId previous = told.version().previous();
        of(
                        "insert into key_record (serial, generation, key_id, tags, algorithms, grants, disabled, version, "
                                + "previous, bits, created_at) values (:serial, " + GENERATION
                                + ", :key, :tags, :algorithms, :grants, :disabled, :version, :previous, :bits, :created)",
                        serial,
                        key)
                .param("tags", json.writeValueAsString(told.tags()))
                .param("algorithms", Algorithms.written(told.algorithms()))
                .param("grants", json.writeValueAsString(told.grants()))
                .param("disabled", told.disabled())
                .param("version", told.version().number())
                .param("previous", previous == null ? null : previous.hex())
                .param("bits", told.bits())
                .param("created", timestamp(told.createdAt()))
                .update();
    }

    /** Makes sure of a row, for a key that was made elsewhere. */
    void addIfAbsent(String serial, KeyId key) {
        try {
            if (find(serial, key).isEmpty()) {
                add(serial, key, KeyMetadata.NONE);
            }
        } catch (DuplicateKeyException e) {
            // Somebody else was first.
        }
    }

    void remove(String serial, KeyId key) {
        of("delete from key_record" + OF_KEY, serial, key).update();
    }

    /** What is known of a key that is not there any more: one that was destroyed, or one that was made elsewhere. */
    void removeLeftover(String serial, KeyId key) {
        of("delete from key_record" + OF_KEY + " and (destroyed_at is not null or created_at is null)", serial, key)
                .update();
    }

    void setTags(String serial, KeyId key, Map<String, String> tags) {
        set("tags", json.writeValueAsString(tags), serial, key);
    }

    void setGrants(String serial, KeyId key, List<Grant> grants) {
        set("grants", json.writeValueAsString(grants), serial, key);
    }

    void setDisabled(String serial, KeyId key, boolean disabled) {
        set("disabled", disabled, serial, key);
    }

    /** @param when null for a key that is not to be destroyed any more */
    void setDestroyAt(String serial, KeyId key, @Nullable Instant when) {
        set("destroy_at", timestamp(when), serial, key);
    }

    /** The key is destroyed. Of one that was made here it is remembered, since its id must not come back. */
    void bury(String serial, KeyId key) {
        of("delete from key_record" + OF_KEY + " and created_at is null", serial, key)
                .update();
        of("update key_record set destroyed_at = current_timestamp, destroy_at = null" + OF_KEY, serial, key)
                .update();
    }

    /** The keys whose time has come, by the serial number of their token. */
    Map<String, List<KeyId>> toBeDestroyed(Instant now) {
        return database.sql(
                        "select serial, key_id from key_record k where destroy_at <= :now and generation = coalesce("
                                + "(select generation from token_generation g where g.serial = k.serial), 0)")
                .param("now", Timestamp.from(now))
                .query(rows -> {
                    var due = new HashMap<String, List<KeyId>>();
                    while (rows.next()) {
                        due.computeIfAbsent(rows.getString("serial"), _ -> new ArrayList<>())
                                .add(new KeyId(rows.getString("key_id")));
                    }
                    return due;
                });
    }

    /** Closes what is known of the token's keys. */
    void beginGeneration(String serial) {
        int known = database.sql("update token_generation set generation = generation + 1 where serial = :serial")
                .param("serial", serial)
                .update();
        if (known == 0) {
            database.sql("insert into token_generation (serial, generation) values (:serial, 1)")
                    .param("serial", serial)
                    .update();
        }
    }

    Optional<KeyMetadata> find(String serial, KeyId key) {
        return of(COLUMNS + OF_KEY, serial, key).query((row, _) -> read(row)).optional();
    }

    /** As {@link #find}, in a transaction, until the end of which nobody else changes it. */
    KeyMetadata findLocked(String serial, KeyId key) {
        return of(COLUMNS + OF_KEY + " for update", serial, key)
                .query((row, _) -> read(row))
                .optional()
                .orElse(KeyMetadata.NONE);
    }

    Map<KeyId, KeyMetadata> all(String serial) {
        return database.sql(COLUMNS + OF_TOKEN).param("serial", serial).query(rows -> {
            var all = new HashMap<KeyId, KeyMetadata>();
            while (rows.next()) {
                all.put(new KeyId(rows.getString("key_id")), read(rows));
            }
            return all;
        });
    }

    private void set(String column, @Nullable Object value, String serial, KeyId key) {
        of("update key_record set " + column + " = :value" + OF_KEY, serial, key)
                .param("value", value)
                .update();
    }

    private StatementSpec of(String sql, String serial, KeyId key) {
        return database.sql(sql).param("serial", serial).param("key", key.hex());
    }

    private KeyMetadata read(ResultSet row) throws SQLException {
        int bits = row.getInt("bits");
        return new KeyMetadata(
                json.readValue(row.getString("tags"), new TypeReference<Map<String, String>>() {}),
                Algorithms.read(row.getString("algorithms")),
                json.readValue(row.getString("grants"), new TypeReference<List<Grant>>() {}),
                row.getBoolean("disabled"),
                new KeyVersion(row.getInt("version"), id(row.getString("previous")), id(row.getString("successor"))),
                bits == 0 ? null : bits,
                instant(row.getTimestamp("created_at")),
                instant(row.getTimestamp("destroy_at")),
                row.getTimestamp("destroyed_at") != null);
    }

    private static @Nullable KeyId id(@Nullable String hex) {
        return hex == null ? null : new KeyId(hex);
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant time) {
        return time == null ? null : Timestamp.from(time);
    }
}
