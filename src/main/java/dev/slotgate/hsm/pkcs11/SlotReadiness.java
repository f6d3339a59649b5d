package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.SlotWatcher;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the watchers that a slot can be used, on a thread of their own. */
final class SlotReadiness implements Consumer<BoundSlot> {

    private static final Logger LOG = LoggerFactory.getLogger(SlotReadiness.class);

    private final Supplier<Stream<SlotWatcher>> watchers;

    /** @param watchers asked each time, since they use the slots and so are made after them */
    SlotReadiness(Supplier<Stream<SlotWatcher>> watchers) {
        this.watchers = watchers;
    }

    @Override
    public void accept(BoundSlot slot) {
        Thread.ofVirtual().name("slot-" + slot.id() + "-ready").start(() -> tell(slot));
    }

    private void tell(BoundSlot slot) {
        try {
            watchers.get().forEach(watcher -> watcher.becameReady(slot.id(), slot.identity()));
        } catch (RuntimeException e) {
            LOG.warn("Nobody could be told that slot {} is ready: {}", slot.id(), e.getMessage());
        }
    }
}
