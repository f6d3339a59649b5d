package dev.slotgate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may call what, as the contract's table says and independently of what the code declares. */
final class AccessRules {

    private static final String ANY_TOKEN = "any token";

    /** A call, and the scopes: one that is enough, several with {@code and}, or alternatives with {@code or}. */
    private static final String TABLE = """
            GET    /slots                                 | slots.read
            GET    /slots/{slot}                          | slots.read
            GET    /slots/{slot}/mechanisms               | slots.read
            POST   /slots/{slot}/init                     | slots.admin
            PUT    /slots/{slot}/login                    | slots.admin
            DELETE /slots/{slot}/login                    | slots.admin
            GET    /whoami                                | any token
            POST   /slots/{slot}/pins/user/change         | pins.user
            POST   /slots/{slot}/pins/user/rotate         | pins.user
            POST   /slots/{slot}/pins/so/change           | pins.so
            POST   /slots/{slot}/pins/user/reset          | pins.so
            POST   /slots/{slot}/pins/user/escrow         | pins.escrow
            GET    /slots/{slot}/keys                     | keys.read
            GET    /slots/{slot}/keys/{key}               | keys.read
            GET    /slots/{slot}/keys/{key}/public        | keys.read
            GET    /slots/{slot}/keys/{key}/certificate   | keys.read
            GET    /slots/{slot}/keys/{key}/grants        | keys.read
            GET    /slots/{slot}/hygiene                  | keys.read
            POST   /slots/{slot}/keys                     | keys.write
            POST   /slots/{slot}/keys/import              | keys.write
            PATCH  /slots/{slot}/keys/{key}               | keys.write
            POST   /slots/{slot}/keys/{key}/rotate        | keys.write
            PUT    /slots/{slot}/keys/{key}/certificate   | keys.write
            DELETE /slots/{slot}/keys/{key}/certificate   | keys.write
            POST   /slots/{slot}/keys/unwrap              | keys.write and crypto.use
            POST   /slots/{slot}/keys/{key}/csr           | keys.write and crypto.use
            POST   /slots/{slot}/derive                   | keys.write and crypto.use
            PUT    /slots/{slot}/keys/{key}/grants        | keys.grant
            POST   /slots/{slot}/keys/{key}/wrap          | keys.export
            DELETE /slots/{slot}/keys/{key}               | keys.destroy
            POST   /slots/{slot}/keys/{key}/restore       | keys.destroy
            POST   /slots/{slot}/sign                     | crypto.use
            POST   /slots/{slot}/decrypt                  | crypto.use
            POST   /slots/{slot}/mac                      | crypto.use
            POST   /slots/{slot}/mac/verify               | crypto.use
            POST   /slots/{slot}/datakey                  | crypto.use
            POST   /slots/{slot}/jws                      | crypto.use
            POST   /slots/{slot}/encrypt                  | crypto.use or crypto.public
            POST   /batch                                 | crypto.use or crypto.public
            POST   /slots/{slot}/verify                   | crypto.public
            POST   /slots/{slot}/digest                   | crypto.public
            POST   /slots/{slot}/random                   | crypto.public
            GET    /slots/{slot}/jwks                     | crypto.public
            GET    /audit                                 | audit.read
            GET    /audit/{id}                            | audit.read
            POST   /audit/verify                          | audit.read
            """;

    private static final Map<String, List<Set<String>>> RULES = TABLE.lines()
            .map(line -> line.split("\\|"))
            .collect(Collectors.toMap(
                    line -> line[0].trim().replaceAll("\\s+", " "),
                    line -> alternatives(line[1].trim()),
                    (a, b) -> {
                        throw new IllegalStateException("a call has two rules");
                    },
                    LinkedHashMap::new));

    private AccessRules() {}

    /** Such as {@code GET /slots/{slot}}. */
    static Set<String> calls() {
        return RULES.keySet();
    }

    /** Each of these sets of scopes is enough; an empty one says that any token is. */
    static List<Set<String>> of(String call) {
        return RULES.getOrDefault(call, List.of());
    }

    static boolean open(String call, Set<String> scopes) {
        return of(call).stream().anyMatch(scopes::containsAll);
    }

    private static List<Set<String>> alternatives(String rule) {
        return rule.equals(ANY_TOKEN)
                ? List.of(Set.of())
                : Stream.of(rule.split(" or "))
                        .map(all -> Set.of(all.split(" and ")))
                        .toList();
    }
}
