package dev.slotgate.hsm.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slotgate.hsm.Isolation;
import dev.slotgate.hsm.Limits;
import dev.slotgate.hsm.PresentToken;
import dev.slotgate.hsm.ReservedToken;
import dev.slotgate.hsm.SlotBinding;
import dev.slotgate.hsm.SlotBindings;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.StartRefused;
import dev.slotgate.hsm.TokenIdentity;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotBinderTests {

    private static final ReservedToken AUDIT = new ReservedToken("soft", null, "audit", null);

    /** In the order in which they come, and nothing from before. */
    private static final SlotBindings IN_ORDER = tokens -> {
        var bound = new LinkedHashMap<TokenIdentity, SlotId>();
        tokens.forEach(token -> bound.put(token, new SlotId(bound.size())));
        return bound;
    };

    @Test
    void theReservedTokenHasNoSlotThatCallersCanName() {
        List<SlotBinding> bound = bind(List.of(), token("soft", "1", "a"), token("soft", "2", "audit"));

        assertThat(bound)
                .extracting(binding -> binding.id() + " " + binding.id().isPublic())
                .containsExactlyInAnyOrder("0 true", ReservedToken.SLOT + " false");
    }

    @Test
    void anotherModuleThatShowsTheReservedTokenMakesNoSlotOfItEither() {
        List<SlotBinding> bound = bind(
                List.of(), token("soft", "2", "audit"), token("other", "2", "audit"), token("other", "3", "audit"));

        assertThat(bound.stream().filter(binding -> binding.id().isPublic()).map(SlotBinding::serial))
                .containsExactly("3");
    }

    @Test
    void aSlotIsNotBoundToTheReservedToken() {
        var slot = new HsmSettings.Slot(0, "other", "2", null, null, Limits.Overrides.NONE, true, true);

        assertThatExceptionOfType(StartRefused.class)
                .isThrownBy(() -> bind(List.of(slot), token("soft", "2", "audit"), token("other", "2", "audit")))
                .withMessageContaining("token of slot 0");
    }

    private static List<SlotBinding> bind(List<HsmSettings.Slot> slots, PresentToken... tokens) {
        var settings = new HsmSettings(false, List.of(module("soft"), module("other")), slots, Limits.Overrides.NONE);
        return new SlotBinder(settings, AUDIT, IN_ORDER).bind(List.of(tokens));
    }

    private static HsmSettings.Module module(String name) {
        return new HsmSettings.Module(name, Path.of(name + ".so"), null, Isolation.PROCESS, 1);
    }

    private static PresentToken token(String module, String serial, String label) {
        return new PresentToken(new TokenIdentity(module, serial, label), true, true);
    }
}
