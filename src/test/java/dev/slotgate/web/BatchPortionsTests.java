package dev.slotgate.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class BatchPortionsTests {

    private static final JsonNode SIGN = JsonNodeFactory.instance.stringNode("sign");

    private static Map<String, @Nullable JsonNode> item(String operation, int slot) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return Map.of("operation", json.stringNode(operation), "slot", json.numberNode(slot));
    }

    @Test
    void itemsOfOneKindAreSharedOut() {
        List<Map<String, @Nullable JsonNode>> items =
                IntStream.range(0, 100).mapToObj(_ -> item("sign", 3)).toList();
        List<List<Integer>> portions = BatchPortions.of(new ArrayList<>(items), _ -> 7);
        assertThat(portions).hasSize(15).allMatch(portion -> portion.size() <= 7);
        assertThat(portions.stream().flatMap(List::stream))
                .containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
    }

    @Test
    void aPortionHasOneOperationAndOneSlot() {
        List<@Nullable Map<String, @Nullable JsonNode>> items = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            items.add(item("sign", 1));
            items.add(item("sign", 2));
            items.add(item("verify", 1));
        }
        items.add(null);
        items.add(Map.of());
        assertThat(BatchPortions.of(items, operation -> SIGN.equals(operation) ? 10 : 5))
                .containsExactly(
                        List.of(0, 3, 6, 9, 12, 15, 18, 21, 24, 27),
                        List.of(1, 4, 7, 10, 13, 16, 19, 22, 25, 28),
                        List.of(2, 5, 8, 11, 14),
                        List.of(17, 20, 23, 26, 29),
                        List.of(30, 31));
        assertThat(BatchPortions.of(items.subList(0, 9), _ -> 2))
                .containsExactly(List.of(0, 3), List.of(1, 4), List.of(2, 5), List.of(6), List.of(7), List.of(8));
    }

    @Test
    void anEmptyBatchHasNone() {
        assertThat(BatchPortions.of(List.of(), _ -> 1)).isEmpty();
    }
}
