package dev.slotgate.slot;

import dev.slotgate.hsm.Page;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Slots;
import dev.slotgate.security.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The slots that a caller may see. */
@Service
class SlotDirectory {

    private final Slots slots;

    SlotDirectory(Slots slots) {
        this.slots = slots;
    }

    Page<SlotResponse> list(Caller caller, @Nullable Integer limit, @Nullable String after) {
        List<SlotId> visible = slots.statuses().keySet().stream()
                .filter(slot -> caller.mayUse(slot.value()))
                .toList();
        Page<SlotId> page = Page.of(visible, slot -> slot, SlotId::parse, "slots", limit, after);
        return new Page<>(page.items().stream().map(this::get).toList(), page.next());
    }

    MechanismsResponse mechanisms(SlotId slot) {
        return MechanismsResponse.of(slots.mechanisms(slot));
    }

    SlotResponse get(SlotId slot) {
        return SlotResponse.of(slots.get(slot));
    }
}
