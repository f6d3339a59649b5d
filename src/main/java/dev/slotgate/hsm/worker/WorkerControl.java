package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.ModuleSpec;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PresentToken;
import dev.slotgate.hsm.SlotBinding;
import dev.slotgate.hsm.SlotId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the gateway has a worker do with its module, beside the port. */
interface WorkerControl {

    /** Does nothing, to show that the worker is there. */
    void answer();

    /** Loads the module. Answers a sentence that says why it cannot be used, or null when it can. */
    @Nullable
    String load(ModuleSpec spec);

    /** @see dev.slotgate.hsm.HsmModule#tokens */
    List<PresentToken> tokens();

    /** @see dev.slotgate.hsm.HsmModule#provision */
    void provision(String label, Pin soPin, Pin userPin);

    /** @see dev.slotgate.hsm.HsmModule#bind */
    void bind(List<SlotBinding> bindings);

    /** @see dev.slotgate.hsm.HsmModule#start */
    void start();

    /** Whether the slot is logged in with just this PIN. */
    boolean isInUse(SlotId slot, Pin pin);

    /** Another worker has changed keys of the slot: what this one remembers of them may not be so any more. */
    void forgetKeys(SlotId slot);

    /** What is wrong with the module, after a call of it; nothing when it is in order. */
    String trouble(Duration patience);

    /** @see dev.slotgate.hsm.HsmModule#close */
    void stop();
}
