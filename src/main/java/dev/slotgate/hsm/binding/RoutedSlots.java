package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmModule;
import dev.slotgate.hsm.SideBySide;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.SlotTokens;
import dev.slotgate.hsm.Slots;
import dev.slotgate.hsm.TokenIdentity;
import dev.slotgate.hsm.TokenMechanisms;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The slots of all modules as one: a call that names a slot goes to the module that the slot is in. A call that comes before the
 * slots are bound waits for it.
 */
public final class RoutedSlots implements Slots, SlotTokens {

    private final CompletableFuture<Map<SlotId, HsmModule>> modules;
    private final CompletableFuture<Set<SlotId>> publicIds;
    private final TokenCalls calls;

    RoutedSlots(CompletableFuture<Map<SlotId, HsmModule>> modules, TokenCalls calls) {
        this.calls = calls;
        this.modules = modules;
        this.publicIds = modules.thenApply(
                bound -> bound.keySet().stream().filter(SlotId::isPublic).collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public Set<SlotId> ids() {
        return publicIds.join();
    }

    @Override
    public SortedMap<SlotId, SlotStatus> statuses() {
        var all = new ConcurrentSkipListMap<SlotId, SlotStatus>();
        SideBySide.each(
                Set.copyOf(modules.join().values()),
                module -> all.putAll(module.slots().statuses()));
        all.keySet().retainAll(publicIds.join());
        return all;
    }

    @Override
    public Slot get(SlotId slot) {
        return module(slot).slots().get(slot);
    }

    @Override
    public TokenMechanisms mechanisms(SlotId slot) {
        return module(slot).slots().mechanisms(slot);
    }

    @Override
    public TokenIdentity of(SlotId slot) {
        return module(slot).slotTokens().of(slot);
    }

    /**
     * A part of the port in which every call names its slot first.
     *
     * @param part where a module has it
     */
    <P> P route(Class<P> port, Function<HsmModule, P> part) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (self, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(this, arguments);
                    }
                    return calls.make(method, part.apply(module((SlotId) arguments[0])), arguments);
                }));
    }

    private HsmModule module(SlotId slot) {
        HsmModule module = modules.join().get(slot);
        if (module == null) {
            throw HsmException.slotNotFound(slot.toString());
        }
        return module;
    }
}
