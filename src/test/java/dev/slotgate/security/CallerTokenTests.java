package dev.slotgate.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;

class CallerTokenTests {

    @Test
    void readsScopesFromAStringOrAList() {
        assertThat(caller("scope", "keys.read  crypto.use").scopes()).containsExactly("keys.read", "crypto.use");
        assertThat(caller("scope", List.of("keys.read")).scopes()).containsExactly("keys.read");
        assertThat(caller("scp", List.of("keys.read")).scopes()).containsExactly("keys.read");
    }

    @Test
    void aScopeIsHeldByItsWholeNameOnly() {
        Caller caller = caller("scope", "keys.readers KEYS.READ");
        assertThat(caller.has(Scope.KEYS_READ)).isFalse();
        assertThat(caller("scope", "keys.read").has(Scope.KEYS_READ)).isTrue();
    }

    @Test
    void withoutClaimsACallerMayNothing() {
        Caller caller = caller("other", "x");
        assertThat(caller.scopes()).isEmpty();
        assertThat(caller.mayUse(0)).isFalse();
    }

    @Test
    void knowsTheClientByBothOfItsNames() {
        assertThat(caller("client_id", "billing").client()).isEqualTo("billing");
        assertThat(caller("azp", "billing").client()).isEqualTo("billing");
    }

    private static Caller caller(String claim, Object value) {
        return CallerToken.of(Jwt.withTokenValue("token")
                        .header("alg", "RS256")
                        .subject("me")
                        .claim(claim, value)
                        .build())
                .getPrincipal();
    }
}
