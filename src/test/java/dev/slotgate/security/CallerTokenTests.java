package dev.slotgate.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallerTokenTests {

    @Test
    void readsScopesFromAStringOrAList() {
        assertThat(caller("{'scope':'keys.read  crypto.use'}").scopes()).containsExactly("keys.read", "crypto.use");
        assertThat(caller("{'scope':['keys.read']}").scopes()).containsExactly("keys.read");
        assertThat(caller("{'scp':['keys.read']}").scopes()).containsExactly("keys.read");
    }

    @Test
    void aScopeIsHeldByItsWholeNameOnly() {
        Caller caller = caller("{'scope':'keys.readers KEYS.READ'}");
        assertThat(caller.has(Scope.KEYS_READ)).isFalse();
        assertThat(caller("{'scope':'keys.read'}").has(Scope.KEYS_READ)).isTrue();
    }

    @Test
    void withoutClaimsACallerMayNothing() {
        Caller caller = caller("{'other':'x'}");
        assertThat(caller.scopes()).isEmpty();
        assertThat(caller.mayUse(0)).isFalse();
    }

    @Test
    void knowsTheClientByBothOfItsNames() {
        assertThat(caller("{'client_id':'billing'}").client()).isEqualTo("billing");
        assertThat(caller("{'azp':'billing'}").client()).isEqualTo("billing");
    }

    @Test
    void aClaimOfTheWrongTypeIsNoCallers() {
        for (String claims : List.of(
                "{'sub':1}",
                "{'sub':null}",
                "{'client_id':['a']}",
                "{'azp':{}}",
                "{'scope':7}",
                "{'scope':{'a':'b'}}",
                "{'scope':[1]}",
                "{'scp':true}",
                "{'slots':1}")) {
            assertThatExceptionOfType(TokenRefused.class).as(claims).isThrownBy(() -> caller(claims));
        }
    }

    private static Caller caller(String claims) {
        return CallerToken.of(Members.of(claims.replace('\'', '"').getBytes(StandardCharsets.UTF_8)))
                .getPrincipal();
    }
}
