package dev.slotgate.slot;

import dev.slotgate.hsm.SlotBindings;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.TokenIdentity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The automatic bindings in the database: a slot id for each module and serial number, for ever. */
@Repository
class StoredBindings implements SlotBindings {

    private final JdbcClient database;

    StoredBindings(JdbcClient database) {
        this.database = database;
    }

    @Override
    @Transactional
    public Map<TokenIdentity, SlotId> bind(List<TokenIdentity> tokens) {
        var bound = new LinkedHashMap<TokenIdentity, SlotId>();
        for (TokenIdentity token : tokens) {
            bound.put(token, new SlotId(find(token)));
        }
        return bound;
    }

    private int find(TokenIdentity token) {
        return database.sql("select slot_id from slot_binding where module = :module and serial = :serial")
                .param("module", token.module())
                .param("serial", token.serial())
                .query(Integer.class)
                .optional()
                .orElseGet(() -> add(token));
    }

    private int add(TokenIdentity token) {
        int next = database.sql("select coalesce(max(slot_id) + 1, 0) from slot_binding")
                .query(Integer.class)
                .single();
        database.sql("insert into slot_binding (slot_id, module, serial) values (:slot, :module, :serial)")
                .param("slot", next)
                .param("module", token.module())
                .param("serial", token.serial())
                .update();
        return next;
    }
}
