package dev.slotgate.web;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Cuts a batch into portions of items that ask for the same operation on the same slot. */
final class BatchPortions {

    private BatchPortions() {}

    /**
     * The numbers of the items of each portion.
     *
     * @param most how many items of an operation a portion may have
     */
    static List<List<Integer>> of(
            List<@Nullable Map<String, @Nullable JsonNode>> items, ToIntFunction<@Nullable JsonNode> most) {
        var kinds = new LinkedHashMap<Kind, List<Integer>>();
        for (int i = 0; i < items.size(); i++) {
            kinds.computeIfAbsent(Kind.of(items.get(i)), _ -> new ArrayList<>()).add(i);
        }
        var portions = new ArrayList<List<Integer>>();
        kinds.forEach((kind, numbers) -> {
            int size = most.applyAsInt(kind.operation);
            for (int from = 0; from < numbers.size(); from += size) {
                portions.add(numbers.subList(from, Math.min(from + size, numbers.size())));
            }
        });
        // As in the batch, so that no slot is left to the end.
        portions.sort(Comparator.comparing(List::getFirst));
        return portions;
    }

    /** As the item has it, which may be wrong. */
    private record Kind(
            @Nullable JsonNode operation, @Nullable JsonNode slot) {

        static Kind of(@Nullable Map<String, @Nullable JsonNode> item) {
            return item == null ? new Kind(null, null) : new Kind(item.get("operation"), item.get("slot"));
        }
    }
}
