package dev.slotgate.pin;

import dev.slotgate.hsm.PinRole;
import dev.slotgate.hsm.TokenIdentity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of the PIN store; it knows nothing of what is sealed in them. */
@Repository
class PinTable {

    private static final String OF_TOKEN = "where module = :module and serial = :serial ";

    private final JdbcClient database;

    PinTable(JdbcClient database) {
        this.database = database;
    }

    /** Those of a token, oldest first. */
    List<StoredPin> of(TokenIdentity token) {
        return on(
                        "select role, version, state, managed, withheld, sealed, change_id, "
                                + "created_at < current_timestamp - interval '10' second as old "
                                + "from stored_pin " + OF_TOKEN + "order by role, version",
                        token)
                .query((row, _) -> read(row))
                .list();
    }

    /** The tokens of which there are any. */
    List<TokenIdentity> tokens() {
        return tokens("select distinct module, serial from stored_pin");
    }

    /** The tokens of which a change is open. */
    List<TokenIdentity> unsettled() {
        return tokens("select distinct module, serial from stored_pin where change_id is not null");
    }

    private List<TokenIdentity> tokens(String sql) {
        return database.sql(sql)
                .query((row, _) -> new TokenIdentity(row.getString("module"), row.getString("serial"), ""))
                .list();
    }

    /** Since when the user PIN of a token is what it is. */
    Optional<Instant> since(TokenIdentity token) {
        return on("select created_at from stored_pin " + OF_TOKEN + "and role = 'user' and state = 'current'", token)
                .query((row, _) -> row.getTimestamp("created_at").toInstant())
                .optional();
    }

    /** The version that a PIN is to have that is added next. */
    int nextVersion(TokenIdentity token, PinRole role) {
        return on("select coalesce(max(version), 0) + 1 from stored_pin " + OF_TOKEN + "and role = :role", token)
                .param("role", word(role))
                .query(Integer.class)
                .single();
    }

    /** @throws org.springframework.dao.DuplicateKeyException when somebody else was faster with the version */
    void add(TokenIdentity token, StoredPin pin) {
        on(
                        "insert into stored_pin (module, serial, role, version, state, managed, withheld, sealed, change_id) "
                                + "values (:module, :serial, :role, :version, :state, :managed, :withheld, :sealed, :change)",
                        token)
                .param("role", word(pin.role()))
                .param("version", pin.version())
                .param("state", word(pin.state()))
                .param("managed", pin.managed())
                .param("withheld", pin.withheld())
                .param("sealed", pin.sealed())
                .param("change", pin.change())
                .update();
    }

    /** The same PIN under another key. */
    void reseal(TokenIdentity token, StoredPin pin, String sealed) {
        on("update stored_pin set sealed = :sealed " + OF_TOKEN + "and role = :role and version = :version", token)
                .param("sealed", sealed)
                .param("role", word(pin.role()))
                .param("version", pin.version())
                .update();
    }

    /** It is the user PIN now, and every other one goes. */
    void promote(TokenIdentity token, int version) {
        on("delete from stored_pin " + OF_TOKEN + "and role = 'user' and version <> :version", token)
                .param("version", version)
                .update();
        on(
                        "update stored_pin set state = 'current', withheld = false, change_id = null " + OF_TOKEN
                                + "and role = 'user' and version = :version",
                        token)
                .param("version", version)
                .update();
    }

    /** The rows of a change go. */
    void removeChange(String change) {
        database.sql("delete from stored_pin where change_id = :change")
                .param("change", change)
                .update();
    }

    /** The user PIN goes, but for one that nobody else knows: that one is kept unused. */
    void forget(TokenIdentity token) {
        on("delete from stored_pin " + OF_TOKEN + "and role = 'user' and state = 'current' and not managed", token)
                .update();
        on("update stored_pin set withheld = true " + OF_TOKEN + "and role = 'user' and state = 'current'", token)
                .update();
    }

    private JdbcClient.StatementSpec on(String sql, TokenIdentity token) {
        return database.sql(sql).param("module", token.module()).param("serial", token.serial());
    }

    private static StoredPin read(ResultSet row) throws SQLException {
        return new StoredPin(
                PinRole.valueOf(upper(row, "role")),
                row.getInt("version"),
                StoredPin.State.valueOf(upper(row, "state")),
                row.getBoolean("managed"),
                row.getBoolean("withheld"),
                row.getString("sealed"),
                row.getString("change_id"),
                row.getBoolean("old"));
    }

    private static String upper(ResultSet row, String column) throws SQLException {
        return row.getString(column).toUpperCase(Locale.ROOT);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
