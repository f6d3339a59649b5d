package dev.slotgate.slot;

import dev.slotgate.hsm.Page;
import dev.slotgate.hsm.Slot;
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
        List<SlotResponse> visible = slots.list().stream()
                .filter(slot -> caller.mayUse(slot.id().value()))
                .map(SlotResponse::of)
                .toList();
        return Page.of(visible, SlotResponse::id, Integer::valueOf, "slots", limit, after);
    }

    SlotResponse get(SlotId slot) {
        Slot found = slots.get(slot);
        return SlotResponse.of(found);
    }
}
