package dev.slotgate.trial;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.slotgate.hsm.StartRefused;
import dev.slotgate.security.EmbeddedIssuer;
import dev.slotgate.security.Scope;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;

/** The issuer of access tokens in this process: client credentials only, for two clients. */
@OnTrial
@ConditionalOnExpression(TrialIssuer.EMBEDDED)
@Configuration(proxyBeanMethods = false)
class TrialIssuer {

    /** Whether no other issuer is configured. */
    static final String EMBEDDED = "'${slotgate.security.issuer:}'.isEmpty()";

    private static final String ISSUER = "http://slotgate.localhost";
    /** As long as the gateway accepts by default. */
    private static final Duration LIFETIME = Duration.ofHours(1);

    private static final int SECRET_LENGTH = 40;
    private static final int KEY_BITS = 2048;

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain issuerEndpoints(HttpSecurity http) throws Exception {
        return http.securityMatcher("/oauth2/token", "/oauth2/jwks", "/.well-known/oauth-authorization-server")
                .oauth2AuthorizationServer(server -> {})
                .csrf(CsrfConfigurer::disable)
                .authorizeHttpRequests(paths -> paths.anyRequest().authenticated())
                .build();
    }

    @Bean
    AuthorizationServerSettings issuerSettings() {
        return AuthorizationServerSettings.builder().issuer(ISSUER).build();
    }

    @Bean
    RegisteredClientRepository clients(SecretFiles files) {
        return new InMemoryRegisteredClientRepository(
                client("slotgate-admin", files, Scope.all()),
                client(
                        "slotgate-service",
                        files,
                        List.of(
                                Scope.SLOTS_READ.text(),
                                Scope.KEYS_READ.text(),
                                Scope.CRYPTO_USE.text(),
                                Scope.CRYPTO_PUBLIC.text())));
    }

    @Bean
    JWKSource<SecurityContext> signingKey(SecretFiles files) {
        String stored = files.readOrMake("issuer-key.jwk", TrialIssuer::newKey);
        try {
            return new ImmutableJWKSet<>(new JWKSet(RSAKey.parse(stored)));
        } catch (ParseException e) {
            throw new StartRefused("The file issuer-key.jwk in the data folder is damaged: delete it for a new one.");
        }
    }

    @Bean
    EmbeddedIssuer embeddedIssuer(JWKSource<SecurityContext> signingKey) {
        return new EmbeddedIssuer(ISSUER, signingKey);
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> claims(@Value("${slotgate.security.audience}") String audience) {
        return new TrialClaims(audience);
    }

    private static RegisteredClient client(String id, SecretFiles files, List<String> scopes) {
        String secret = files.readOrMake("clients/" + id, () -> SecretFiles.random(SECRET_LENGTH));
        return RegisteredClient.withId(UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .clientId(id)
                // The file holds it in the clear anyway, and it is random: hashing it would protect nothing.
                .clientSecret("{noop}" + secret)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(all -> all.addAll(scopes))
                .tokenSettings(
                        TokenSettings.builder().accessTokenTimeToLive(LIFETIME).build())
                .build();
    }

    private static String newKey() {
        try {
            return new RSAKeyGenerator(KEY_BITS)
                    .keyIDFromThumbprint(true)
                    .generate()
                    .toJSONString();
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK makes RSA keys", e);
        }
    }
}
