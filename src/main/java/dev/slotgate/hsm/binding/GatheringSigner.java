package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.SignatureAlgorithm;
import dev.slotgate.hsm.Signer;
import dev.slotgate.hsm.SlotBinding;
import dev.slotgate.hsm.SlotId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Has calls share a session that would wait for one anyway. What a call to a module costs, they pay together. */
final class GatheringSigner implements Signer {

    private final Signer signer;
    private final CompletableFuture<Map<SlotId, SigningLane>> lanes;

    GatheringSigner(Signer signer, CompletableFuture<List<SlotBinding>> slots) {
        this.signer = signer;
        this.lanes = slots.thenApply(
                bound -> bound.stream().collect(Collectors.toUnmodifiableMap(SlotBinding::id, this::lane)));
    }

    private SigningLane lane(SlotBinding slot) {
        return new SigningLane(slot.limits().sessions(), (target, inputs) -> sign(slot.id(), target, inputs));
    }

    private List<byte[]> sign(SlotId slot, SigningLane.Target target, List<byte[]> inputs) {
        return inputs.size() == 1
                ? List.of(signer.sign(slot, target.key(), target.algorithm(), inputs.getFirst()))
                : signer.signAll(slot, target.key(), target.algorithm(), inputs);
    }

    @Override
    public byte[] sign(SlotId slot, KeyId key, SignatureAlgorithm algorithm, byte[] input) {
        return signAll(slot, key, algorithm, List.of(input)).getFirst();
    }

    @Override
    public List<byte[]> signAll(SlotId slot, KeyId key, SignatureAlgorithm algorithm, List<byte[]> inputs) {
        var target = new SigningLane.Target(key, algorithm);
        SigningLane lane = lanes.join().get(slot);
        return lane == null ? sign(slot, target, inputs) : lane.sign(target, inputs);
    }
}
