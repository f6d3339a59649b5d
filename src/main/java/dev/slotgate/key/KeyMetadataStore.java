package dev.slotgate.key;

import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.hsm.TokenWatcher;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The metadata of keys in the database, by the serial number of the token and the key's id. */
@Repository
class KeyMetadataStore implements TokenWatcher {

    private static final String COLUMNS = "select key_id, tags, algorithms, created_at from key_metadata ";

    private final JdbcClient database;
    private final JsonMapper json;

    KeyMetadataStore(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    void add(String serial, KeyId key, KeyMetadata metadata) {
        database.sql("insert into key_metadata (serial, key_id, tags, algorithms, created_at) "
                        + "values (:serial, :key, :tags, :algorithms, :created)")
                .param("serial", serial)
                .param("key", key.hex())
                .param("tags", json.writeValueAsString(metadata.tags()))
                .param("algorithms", metadata.algorithms() == null ? null : String.join(" ", metadata.algorithms()))
                .param("created", metadata.createdAt() == null ? null : Timestamp.from(metadata.createdAt()))
                .update();
    }

    void remove(String serial, KeyId key) {
        database.sql("delete from key_metadata where serial = :serial and key_id = :key")
                .param("serial", serial)
                .param("key", key.hex())
                .update();
    }

    @Override
    public void wasInitialised(TokenIdentity token) {
        database.sql("delete from key_metadata where serial = :serial")
                .param("serial", token.serial())
                .update();
    }

    Optional<KeyMetadata> find(String serial, KeyId key) {
        return database.sql(COLUMNS + "where serial = :serial and key_id = :key")
                .param("serial", serial)
                .param("key", key.hex())
                .query((row, _) -> read(row))
                .optional();
    }

    Map<KeyId, KeyMetadata> all(String serial) {
        return database.sql(COLUMNS + "where serial = :serial")
                .param("serial", serial)
                .query(rows -> {
                    var all = new HashMap<KeyId, KeyMetadata>();
                    while (rows.next()) {
                        all.put(new KeyId(rows.getString("key_id")), read(rows));
                    }
                    return all;
                });
    }

    private KeyMetadata read(ResultSet row) throws SQLException {
        Timestamp created = row.getTimestamp("created_at");
        return new KeyMetadata(
                json.readValue(row.getString("tags"), new TypeReference<Map<String, String>>() {}),
                words(row.getString("algorithms")),
                created == null ? null : created.toInstant());
    }

    private static @Nullable List<String> words(@Nullable String text) {
        return text == null ? null : List.of(text.split(" "));
    }
}
