package dev.slotgate.security;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The slots that a token opens.
 *
 * @param all every slot
 * @param ids these slots, when not all
 */
public record SlotAccess(boolean all, Set<Integer> ids) {

    /** What stands for every slot, in tokens and in answers. */
    static final String EVERY_SLOT = "*";

    private static final Pattern ID = Pattern.compile("[0-9]{1,9}");
    private static final SlotAccess ALL = new SlotAccess(true, Set.of());
    private static final SlotAccess NONE = new SlotAccess(false, Set.of());

    /**
     * Reads the claim {@code slots}: a list of ids, numbers or their text, or {@code "*"}. Without the claim no slot is open.
     *
     * @throws TokenRefused when it is anything else
     */
    static SlotAccess of(@Nullable JsonNode claim) {
        if (claim == null) {
            return NONE;
        }
        if (isEverySlot(claim)) {
            return ALL;
        }
        if (!claim.isArray()) {
            throw new TokenRefused("slots is neither a list nor '*'");
        }
        var ids = new HashSet<Integer>();
        boolean all = false;
        for (JsonNode one : claim) {
            if (isEverySlot(one)) {
                all = true;
            } else {
                ids.add(id(one));
            }
        }
        return all ? ALL : new SlotAccess(false, Set.copyOf(ids));
    }

    private static boolean isEverySlot(JsonNode claim) {
        return claim.isString() && claim.asString().equals(EVERY_SLOT);
    }

    private static Integer id(JsonNode claim) {
        if ((claim.isIntegralNumber() || claim.isString())
                && ID.matcher(claim.asString()).matches()) {
            return Integer.valueOf(claim.asString());
        }
        throw new TokenRefused("slots holds something that is not a slot's id");
    }

    public boolean includes(int slot) {
        return all || ids.contains(slot);
    }
}
