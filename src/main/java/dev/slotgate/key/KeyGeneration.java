package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotTokens;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes a key so that none is ever there unknown: what is about to be done is in the database before the token is asked. */
@Component
class KeyGeneration {

    private static final Logger LOG = LoggerFactory.getLogger(KeyGeneration.class);

    private final SlotTokens tokens;
    private final Keys keys;
    private final PlannedKeys planned;

    KeyGeneration(SlotTokens tokens, Keys keys, PlannedKeys planned) {
        this.tokens = tokens;
        this.keys = keys;
        this.planned = planned;
    }

    Key generate(SlotId slot, NewKey order, KeyMetadata metadata) {
        PlannedKey plan = planned.plan(tokens.of(slot), order.id(), metadata);
        boolean certain = false;
        try {
            Key made = keys.generate(slot, order);
            certain = true;
            writeDown(planned::made, plan);
            return made;
        } catch (HsmException e) {
            if (e.failure() != HsmFailure.OUTCOME_UNKNOWN) {
                certain = true;
                writeDown(planned::notMade, plan);
            }
            throw e;
        } finally {
            if (!certain) {
                planned.leaveOpen(plan);
            }
        }
    }

    /** The token has spoken: its answer stands, whether the database takes it now or the change is settled later. */
    private void writeDown(Consumer<PlannedKey> outcome, PlannedKey key) {
        try {
            outcome.accept(key);
        } catch (RuntimeException e) {
            LOG.warn(
                    "What became of key {} is not in the database yet; it is settled later.",
                    key.id().hex(),
                    e);
            planned.leaveOpen(key);
        }
    }
}
