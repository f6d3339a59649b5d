package dev.slotgate.pin;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.StartRefused;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.state.MasterKey;
import dev.slotgate.state.MasterKeyRecord;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Seals every stored PIN under a new master key, all or none. Which PINs a token refused cannot be told from their HMACs, so a
 * token that refused any is sent none until somebody gives one.
 */
class MasterKeyChange implements ApplicationRunner {

    private final PinTable table;
    private final PinSeal before;
    private final MasterKeyRecord record;
    private final JdbcClient database;
    private final TransactionOperations transaction;
    private final @Nullable Path file;

    MasterKeyChange(
            PinTable table,
            PinSeal before,
            JdbcClient database,
            TransactionOperations transaction,
            @Value("${new-master-key-file:#{null}}") @Nullable Path file) {
        this.table = table;
        this.before = before;
        this.record = new MasterKeyRecord(database);
        this.database = database;
        this.transaction = transaction;
        this.file = file;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (file == null) {
            throw new StartRefused("--new-master-key-file is not set: it names the file of the new master key.");
        }
        change(MasterKey.readOrMake(file));
        System.out.println("What the database keeps is sealed under " + file
                + " now: set slotgate.master-key-file to it, or put it in the old one's place.");
    }

    void change(MasterKey key) {
        var after = new PinSeal(key);
        transaction.executeWithoutResult(_ -> {
            for (TokenIdentity token : table.tokens()) {
                for (StoredPin stored : table.of(token)) {
                    try (Pin pin = before.open(token, stored)) {
                        table.reseal(token, stored, after.seal(token, stored.role(), stored.version(), pin));
                    }
                }
            }
            latchWhollyAllThatAreLatched();
            record.replace(key);
        });
    }

    private void latchWhollyAllThatAreLatched() {
        database.sql("insert into pin_latch (module, serial, hmac) "
                        + "select distinct module, serial, '" + StoredPinLatch.EVERY_PIN + "' from pin_latch "
                        + "where hmac <> '" + StoredPinLatch.EVERY_PIN + "'")
                .update();
        database.sql("delete from pin_latch where hmac <> '" + StoredPinLatch.EVERY_PIN + "'")
                .update();
    }
}
