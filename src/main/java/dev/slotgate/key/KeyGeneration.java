package dev.slotgate.key;

import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.NewKey;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.WrittenChange;
import org.springframework.stereotype.Component;

/** Makes a key so that none is ever there unknown: what is about to be done is in the database before the token is asked. */
@Component
class KeyGeneration {

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
        return new WrittenChange(
                        "key " + order.id().hex(),
                        () -> planned.made(plan),
                        () -> planned.notMade(plan),
                        () -> planned.leaveOpen(plan))
                .make(() -> keys.generate(slot, order));
    }
}
