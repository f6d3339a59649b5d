package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.HsmModule;
import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.PresentToken;
import dev.slotgate.hsm.StartRefused;
import dev.slotgate.hsm.Tokens;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tokens of all modules, before slots are bound. */
final class ModuleTokens implements Tokens {

    private static final Logger LOG = LoggerFactory.getLogger(ModuleTokens.class);

    private final Collection<HsmModule> modules;

    ModuleTokens(Collection<HsmModule> modules) {
        this.modules = modules;
    }

    /**
     * The tokens of the modules that can be used; the slots of the others wait for them.
     *
     * @throws StartRefused when no module can be used
     */
    List<PresentToken> present() {
        var tokens = new ArrayList<PresentToken>();
        var refused = new ArrayList<StartRefused>();
        for (HsmModule module : modules) {
            try {
                tokens.addAll(module.tokens());
            } catch (StartRefused e) {
                refused.add(e);
            }
        }
        if (refused.size() == modules.size()) {
            throw refused.getFirst();
        }
        refused.forEach(e -> LOG.error("{} The other modules run on.", e.getMessage()));
        return tokens;
    }

    @Override
    public Set<String> labels() {
        return present().stream()
                .filter(token -> token.initialised() && token.hasUserPin())
                .map(token -> token.identity().label())
                .collect(Collectors.toSet());
    }

    @Override
    public void provision(String label, Pin soPin, Pin userPin) {
        modules.stream()
                .filter(module -> module.tokens().stream().anyMatch(token -> token.isFreeFor(label)))
                .findFirst()
                .orElseThrow(() -> new HsmException(
                        HsmFailure.TOKEN_UNAVAILABLE, "No module has a blank token for '" + label + "'."))
                .provision(label, soPin, userPin);
    }
}
