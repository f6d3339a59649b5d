package dev.slotgate.slot;

import dev.slotgate.hsm.SlotBindings;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.TokenIdentity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;

/** The automatic bindings in the database: a slot id for each module and serial number, for ever. */
@Repository
class StoredBindings implements SlotBindings {

    private final JdbcClient database;
    private final TransactionOperations transaction;

    StoredBindings(JdbcClient database, TransactionOperations transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    @Override
    public Map<TokenIdentity, SlotId> bind(List<TokenIdentity> tokens) {
        return Objects.requireNonNull(transaction.execute(_ -> idsOf(tokens)));
    }

    private Map<TokenIdentity, SlotId> idsOf(List<TokenIdentity> tokens) {
        var bound = new LinkedHashMap<TokenIdentity, SlotId>();
        for (TokenIdentity token : tokens) {
            bound.put(token, new SlotId(find(token)));
        }
        return bound;
    }

    @Override
    public Map<TokenIdentity, SlotId> all() {
        return database.sql("select slot_id, module, serial, coalesce(label, '') as label "
                        + "from slot_binding order by slot_id")
                .query(rows -> {
                    var all = new LinkedHashMap<TokenIdentity, SlotId>();
                    while (rows.next()) {
                        var token = new TokenIdentity(
                                rows.getString("module"), rows.getString("serial"), rows.getString("label"));
                        all.put(token, new SlotId(rows.getInt("slot_id")));
                    }
                    return all;
                });
    }

    private int find(TokenIdentity token) {
        return database.sql("select slot_id from slot_binding where module = :module and serial = :serial")
                .param("module", token.module())
                .param("serial", token.serial())
                .query(Integer.class)
                .optional()
                .map(slot -> relabel(slot, token))
                .orElseGet(() -> add(token));
    }

    private int relabel(int slot, TokenIdentity token) {
        database.sql("update slot_binding set label = :label "
                        + "where slot_id = :slot and (label is null or label <> :label)")
                .param("label", label(token))
                .param("slot", slot)
                .update();
        return slot;
    }

    private int add(TokenIdentity token) {
        int next = database.sql("select coalesce(max(slot_id) + 1, 0) from slot_binding")
                .query(Integer.class)
                .single();
        database.sql("insert into slot_binding (slot_id, module, serial, label) "
                        + "values (:slot, :module, :serial, :label)")
                .param("slot", next)
                .param("module", token.module())
                .param("serial", token.serial())
                .param("label", label(token))
                .update();
        return next;
    }

    /** Tokens that pad their label with zero bytes do not keep to the standard, and PostgreSQL stores none. */
    private static String label(TokenIdentity token) {
        return token.label().replace("\0", "");
    }
}
