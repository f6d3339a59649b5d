package dev.slotgate.security;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The slots that a token opens.
 *
 * @param all every slot
 * @param ids these slots, when not all
 */
public record SlotAccess(boolean all, Set<Integer> ids) {

    private static final String EVERY_SLOT = "*";
    private static final SlotAccess NONE = new SlotAccess(false, Set.of());

    /** Reads the claim {@code slots}: a list of ids, or {@code "*"}. Without the claim no slot is open. */
    static SlotAccess ofClaim(@Nullable Object claim) {
        if (EVERY_SLOT.equals(claim)) {
            return new SlotAccess(true, Set.of());
        }
        if (claim instanceof Collection<?> list) {
            if (list.contains(EVERY_SLOT)) {
                return new SlotAccess(true, Set.of());
            }
            return new SlotAccess(
                    false,
                    list.stream()
                            .map(String::valueOf)
                            .filter(id -> id.matches("[0-9]{1,9}"))
                            .map(Integer::valueOf)
                            .collect(Collectors.toUnmodifiableSet()));
        }
        return NONE;
    }

    public boolean includes(int slot) {
        return all || ids.contains(slot);
    }
}
