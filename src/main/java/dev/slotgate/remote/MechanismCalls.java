package dev.slotgate.remote;

import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.TokenMechanisms;
import dev.slotgate.remote.wire.Sized;
import java.util.List;
import org.springframework.stereotype.Component;

/** What can be done with a token (PKCS#11 2.40 section 5.5): what the gateway makes of it, also where the token does only a part. */
@Component
class MechanismCalls implements Call.Family {

    private final Slots slots;

    MechanismCalls(Slots slots) {
        this.slots = slots;
    }

    @Override
    public List<Call> calls() {
        return List.of(
                Call.onSlot(7, "C_GetMechanismList", "ufu", "au", Rule.SLOTS_READ, this::list),
                Call.onSlot(8, "C_GetMechanismInfo", "uu", "uuu", Rule.SLOTS_READ, this::info));
    }

    private List<Object> list(CallContext call) {
        List<Long> types = offered(call.slot()).stream()
                .map(OfferedMechanism::type)
                .distinct()
                .toList();
        return List.of(Sized.of(types, call.arguments().room(1)));
    }

    private List<Object> info(CallContext call) {
        List<OfferedMechanism> rows = offered(call.slot()).stream()
                .filter(offered -> offered.type() == call.arguments().number(1))
                .toList();
        if (rows.isEmpty()) {
            throw new CallRefused(ReturnCode.MECHANISM_INVALID);
        }
        long flags = rows.stream().mapToLong(OfferedMechanism::flags).reduce(0, (all, more) -> all | more);
        return List.of(rows.getFirst().smallest(), rows.getFirst().largest(), flags);
    }

    private List<OfferedMechanism> offered(SlotId slot) {
        TokenMechanisms token = slots.mechanisms(slot);
        return OfferedMechanism.ALL.stream()
                .filter(offered -> offered.works(token))
                .toList();
    }
}
