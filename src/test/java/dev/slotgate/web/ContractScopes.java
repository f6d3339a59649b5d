package dev.slotgate.web;

import dev.slotgate.security.Guarded;
import dev.slotgate.security.Scope;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may make a call, as the contract states it. */
final class ContractScopes {

    static final String TOKEN = "accessToken";

    private ContractScopes() {}

    /** A sentence. */
    static String text(Guarded guarded) {
        if (guarded.anyCaller()) {
            return "Scope: none, any valid token will do.";
        }
        String scopes = Stream.concat(Stream.of(guarded.scope()), Stream.of(guarded.oneOf()))
                .map(scope -> "`" + scope.text() + "`")
                .collect(Collectors.joining(guarded.oneOf().length == 0 ? " and " : " or "));
        return "Scope: " + scopes + "." + (guarded.mayBeOpenToAll() ? " The configuration may open it to all." : "");
    }

    /** All of the scopes together; of those of which one is needed, each by itself. */
    static List<SecurityRequirement> requirements(Guarded guarded) {
        List<String> all = Stream.of(guarded.scope()).map(Scope::text).toList();
        return guarded.oneOf().length == 0
                ? List.of(new SecurityRequirement().addList(TOKEN, all))
                : Stream.of(guarded.oneOf())
                        .map(scope -> new SecurityRequirement().addList(TOKEN, scope.text()))
                        .toList();
    }
}
