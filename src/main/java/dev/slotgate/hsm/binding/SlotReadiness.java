package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotWatcher;
import dev.slotgate.hsm.TokenIdentity;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the watchers that a slot can be used, on a thread of their own. */
final class SlotReadiness implements SlotWatcher {

    private static final Logger LOG = LoggerFactory.getLogger(SlotReadiness.class);

    private final CompletableFuture<List<SlotWatcher>> watchers = new CompletableFuture<>();

    /** They use the slots, and so are made after them: what became ready before is told them now. */
    void watchedBy(List<SlotWatcher> all) {
        watchers.complete(all);
    }

    @Override
    public void becameReady(SlotId slot, TokenIdentity token) {
        if (!slot.isPublic()) {
            return;
        }
        Thread.ofVirtual().name("slot-" + slot + "-ready").start(() -> tell(slot, token));
    }

    private void tell(SlotId slot, TokenIdentity token) {
        try {
            watchers.join().forEach(watcher -> watcher.becameReady(slot, token));
        } catch (RuntimeException e) {
            LOG.warn("Nobody could be told that slot {} is ready: {}", slot, e.getMessage());
        }
    }
}
