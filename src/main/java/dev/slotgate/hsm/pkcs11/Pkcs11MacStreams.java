package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.MacAlgorithm;
import dev.slotgate.hsm.MacStream;
import dev.slotgate.hsm.MacStreams;
import dev.slotgate.hsm.SlotId;
import java.util.Optional;
import org.xipki.pkcs11.wrapper.Session;

/** Makes MACs part by part in held sessions of the bound slots. */
final class Pkcs11MacStreams implements MacStreams {

    private static final long PROCESS = ProcessHandle.current().pid();

    private final BoundSlots slots;

    Pkcs11MacStreams(BoundSlots slots) {
        this.slots = slots;
    }

    @Override
    public Optional<MacStream> begin(SlotId slot, KeyId key, MacAlgorithm algorithm) {
        BoundSlot bound = slots.bound(slot);
        if (!bound.habits().multiPartMac()) {
            return Optional.empty();
        }
        long held = bound.hold(key, (session, handle) -> {
            session.signInit(Mechanisms.mac(algorithm), handle);
            return true;
        });
        return Optional.of(new MacStream(PROCESS, held));
    }

    /** The wrapper would hand an empty part over as a pointer to nothing. */
    @Override
    public void update(SlotId slot, MacStream stream, byte[] part) {
        slots.bound(slot).calls().goOn(stream.number(), session -> {
            if (part.length > 0) {
                session.signUpdate(part);
            }
            return true;
        });
    }

    @Override
    public byte[] end(SlotId slot, MacStream stream) {
        return slots.bound(slot).calls().end(stream.number(), Session::signFinal);
    }

    @Override
    public void abort(SlotId slot, MacStream stream) {
        slots.bound(slot).calls().letGo(stream.number());
    }
}
