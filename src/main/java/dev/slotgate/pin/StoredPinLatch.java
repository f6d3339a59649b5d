package dev.slotgate.pin;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PinLatch;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.state.MasterKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The refused PINs in the database, as HMACs under the master key: all that a token refused, so that two wrong ones do not
 * take turns. A latch is released wherever the database is shared, so it is asked each time; only what it did not take is
 * kept in memory.
 */
@Repository
class StoredPinLatch implements PinLatch {

    /** In place of an HMAC: what the token refused is not known any more. */
    static final String EVERY_PIN = "*";

    private static final Logger LOG = LoggerFactory.getLogger(StoredPinLatch.class);

    private final JdbcClient database;
    private final MasterKey key;
    private final Set<Refused> unwritten = ConcurrentHashMap.newKeySet();

    StoredPinLatch(JdbcClient database, MasterKey key) {
        this.database = database;
        this.key = key;
    }

    @Override
    public boolean holds(TokenIdentity token, Pin pin) {
        Refused asked = refused(token, pin);
        if (unwritten.contains(asked)) {
            write(asked);
            return true;
        }
        return PinDatabase.ask(() -> database.sql("select count(*) from pin_latch "
                                + "where module = :module and serial = :serial and hmac in (:hmac, '" + EVERY_PIN
                                + "')")
                        .param("module", asked.module())
                        .param("serial", asked.serial())
                        .param("hmac", asked.hmac())
                        .query(Integer.class)
                        .single()
                > 0);
    }

    @Override
    public void latch(TokenIdentity token, Pin pin) {
        Refused refused = refused(token, pin);
        unwritten.add(refused);
        write(refused);
    }

    @Override
    public void release(TokenIdentity token, Pin pin) {
        Refused given = refused(token, pin);
        PinDatabase.ask(() -> database.sql(
                        "delete from pin_latch where module = :module and serial = :serial and hmac in (:hmac, '"
                                + EVERY_PIN + "')")
                .param("module", given.module())
                .param("serial", given.serial())
                .param("hmac", given.hmac())
                .update());
        unwritten.remove(given);
    }

    private void write(Refused refused) {
        try {
            database.sql("insert into pin_latch (module, serial, hmac) values (:module, :serial, :hmac)")
                    .param("module", refused.module())
                    .param("serial", refused.serial())
                    .param("hmac", refused.hmac())
                    .update();
            unwritten.remove(refused);
        } catch (DuplicateKeyException e) {
            unwritten.remove(refused);
        } catch (DataAccessException e) {
            LOG.error(
                    "That token {} of module {} refused its user PIN is not in the database: the PIN is not sent again "
                            + "by this process, but may be by the next one.",
                    refused.serial(),
                    refused.module(),
                    e);
        }
    }

    private Refused refused(TokenIdentity token, Pin pin) {
        byte[] characters = pin.utf8();
        try {
            byte[] hmac = key.hmac(
                    "pin-latch",
                    token.module().getBytes(StandardCharsets.UTF_8),
                    token.serial().getBytes(StandardCharsets.UTF_8),
                    characters);
            return new Refused(token.module(), token.serial(), HexFormat.of().formatHex(hmac));
        } finally {
            Arrays.fill(characters, (byte) 0);
        }
    }

    private record Refused(String module, String serial, String hmac) {}
}
