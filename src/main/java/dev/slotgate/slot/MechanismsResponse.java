package dev.slotgate.slot;

import dev.slotgate.hsm.AlgorithmSupport;
import dev.slotgate.hsm.TokenMechanism;
import dev.slotgate.hsm.TokenMechanisms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a token can do, and how well the algorithms on offer work with it. */
record MechanismsResponse(List<TokenMechanism> mechanisms, List<Algorithm> algorithms) {

    /**
     * An algorithm by its JOSE name.
     *
     * @param operations each {@code native}, {@code completed} by the gateway, or {@code unavailable}
     */
    record Algorithm(String name, Map<String, String> operations) {

        static Algorithm of(AlgorithmSupport support) {
            var words = new LinkedHashMap<String, String>();
            support.operations()
                    .forEach((operation, how) -> words.put(operation, how.name().toLowerCase(Locale.ROOT)));
            return new Algorithm(support.name(), words);
        }
    }

    static MechanismsResponse of(TokenMechanisms token) {
        return new MechanismsResponse(
                token.mechanisms(),
                token.algorithms().stream().map(Algorithm::of).toList());
    }
}
