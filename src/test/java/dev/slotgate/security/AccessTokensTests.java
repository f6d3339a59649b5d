package dev.slotgate.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.jwk.JWKSet;
import dev.slotgate.TestIssuer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.mock.web.MockHttpServletRequest;

class AccessTokensTests {

    private static final TestIssuer ISSUER = new TestIssuer();

    private final TestClock clock = new TestClock();
    private final SecuritySettings settings = settings(Map.of());
    private JWKSet published = ISSUER.keys();
    private boolean down;
    private final AccessTokens tokens = tokens(settings);

    @Test
    void whatSignsATokenIsOnTheListAndAmongTheIssuersKeys() {
        for (String algorithm : TestIssuer.ALGORITHMS) {
            assertThat(caller(good(algorithm).signedBy(ISSUER)).getPrincipal().subject())
                    .isEqualTo("somebody");
        }
        for (String algorithm : List.of("RS384", "RS512", "PS384", "PS512")) {
            assertRefused(good(algorithm).signedBy(ISSUER), "its algorithm is not allowed");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RS384", "RS512", "PS384", "PS512"})
    void theListCanBeAnother(TokenAlgorithm algorithm) {
        AccessTokens others = tokens(settings(Map.of("token-algorithms", algorithm.name())));

        assertThat(caller(others, good(algorithm.name()).signedBy(ISSUER))).isNotNull();
        assertThatExceptionOfType(TokenRefused.class)
                .isThrownBy(() -> caller(others, good("RS256").signedBy(ISSUER)));
    }

    @Test
    void aTokenWithoutAKeyIdIsTriedWithTheKeysOfItsKind() {
        var draft = good("ES256");
        draft.header().remove("kid");
        assertThat(caller(draft.signedBy(ISSUER))).isNotNull();
    }

    @Test
    void theTimesHoldAMinuteOfSkewAndNotMore() {
        String late = changed(d -> d.claim("exp", now()));
        String early = changed(d -> d.claim("nbf", now() + 60));
        String toCome = changed(d -> d.claim("iat", now() + 60));
        clock.pass(Duration.ofSeconds(59));
        assertThat(caller(late)).isNotNull();
        clock.pass(Duration.ofSeconds(-59));
        assertThat(caller(early)).isNotNull();
        assertThat(caller(toCome)).isNotNull();
        clock.pass(Duration.ofMinutes(1));
        assertRefused(late, "it has expired");

        assertRefused(changed(d -> d.claim("nbf", now() + 61)), "it is not to be used yet");
        assertRefused(changed(d -> d.claim("iat", now() + 61)), "iat is still to come");
    }

    @Test
    void aTokenLivesAnHourAtMost() {
        assertThat(caller(changed(d -> d.claim("exp", now() + 3600)))).isNotNull();
        assertRefused(changed(d -> d.claim("exp", now() + 3601)), "it lives too long");
        assertRefused(changed(d -> d.claim("iat", now() - 3600).claim("exp", now() + 1)), "it lives too long");
        assertRefused(changed(d -> d.without("iat").claim("exp", now() + 3661)), "it lives too long");
        assertThat(caller(changed(d -> d.without("iat")))).isNotNull();
        assertRefused(changed(d -> d.without("exp")), "exp is missing");
    }

    @Test
    void aVerifiedTokenCostsNoKeyButStillEndsInTime() {
        String token = good("RS256").signedBy(ISSUER);
        CallerToken first = caller(token);
        down = true;

        assertThat(caller(token)).isSameAs(first);
        clock.pass(Duration.ofMinutes(11));
        assertRefused(token, "it has expired");
    }

    @Test
    void aVerifiedTokenGoesWithItsKey() throws Exception {
        String token = good("ES256").signedBy(ISSUER);
        String other = good("RS256").signedBy(ISSUER);
        caller(token);
        CallerToken stays = caller(other);
        published = new JWKSet(ISSUER.key("RS256"));
        clock.pass(Duration.ofMinutes(5));

        await(() -> {
            try {
                caller(token);
                return false;
            } catch (TokenRefused gone) {
                return true;
            }
        });
        assertThat(caller(other)).isSameAs(stays);
    }

    @Test
    void withoutAnyKeysNoTokenIsJudged() {
        down = true;
        String token = good("RS256").signedBy(ISSUER);
        assertThatExceptionOfType(IssuerUnavailable.class).isThrownBy(() -> caller(token));
        down = false;
        clock.pass(Duration.ofSeconds(1));
        assertThat(caller(token)).isNotNull();
    }

    @Test
    void aTokenThatIsBoundToAKeyIsRefusedWithoutTheKey() {
        assertRefused(
                changed(d -> d.claim("cnf", Map.of("jkt", "x".repeat(43)))),
                "it is not of the scheme that it was sent with");
        assertRefused(changed(d -> d.claim("cnf", Map.of())), "cnf binds it in a way that is not known");
    }

    @Test
    void settingsThatMakeNoSenseAreToldByTheirName() {
        for (var wrong : Map.of("audience", "", "token-algorithms", "", "max-token-lifetime", "0s", "clock-skew", "6m")
                .entrySet()) {
            assertThatExceptionOfType(Exception.class)
                    .isThrownBy(() -> settings(Map.of(wrong.getKey(), wrong.getValue())))
                    .havingRootCause()
                    .isInstanceOf(SecurityMisconfigured.class)
                    .withMessageStartingWith("slotgate.security." + wrong.getKey());
        }
        for (String never : List.of("none", "HS256")) {
            assertThatExceptionOfType(Exception.class).isThrownBy(() -> settings(Map.of("token-algorithms", never)));
        }
    }

    private CallerToken caller(String token) {
        return caller(tokens, token);
    }

    private static CallerToken caller(AccessTokens tokens, String token) {
        var request = new MockHttpServletRequest();
        request.addHeader("Authorization", "Bearer " + token);
        return tokens.caller(Objects.requireNonNull(SentToken.of(request)));
    }

    private void assertRefused(String token, String reason) {
        assertThatExceptionOfType(TokenRefused.class)
                .isThrownBy(() -> caller(token))
                .withMessage(reason);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private TokenDraft good(String algorithm) {
        return TokenDraft.good(algorithm, ISSUER.url(), clock.instant());
    }

    private String changed(UnaryOperator<TokenDraft> change) {
        return change.apply(good("ES256")).signedBy(ISSUER);
    }

    private AccessTokens tokens(SecuritySettings settings) {
        return new AccessTokens(
                settings,
                new IssuerKeys(this::fetch, Duration.ofMinutes(5), clock),
                new AccessTokenRules(ISSUER.url(), settings, clock),
                clock);
    }

    private JWKSet fetch() throws IOException {
        if (down) {
            throw new IOException("down");
        }
        return published;
    }

    private static SecuritySettings settings(Map<String, String> changes) {
        var properties = new MapConfigurationPropertySource();
        changes.forEach((name, value) -> properties.put("slotgate.security." + name, value));
        return new Binder(properties).bindOrCreate("slotgate.security", SecuritySettings.class);
    }
}
