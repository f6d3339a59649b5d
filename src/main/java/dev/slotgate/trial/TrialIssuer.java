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
import org.springframework.beans.factory.BeanRegistrar;
import org.springframework.beans.factory.BeanRegistry;
import org.springframework.core.Ordered;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.web.SecurityFilterChain;

/** The issuer of access tokens in this process, when no other one is configured: client credentials only, for two clients. */
final class TrialIssuer implements BeanRegistrar {

    private static final String ISSUER = "http://slotgate.localhost";
    /** As long as the gateway accepts by default. */
    private static final Duration LIFETIME = Duration.ofHours(1);

    private static final int SECRET_LENGTH = 40;
    private static final int KEY_BITS = 2048;
    private static final ParameterizedTypeReference<JWKSource<SecurityContext>> KEYS =
            new ParameterizedTypeReference<>() {};

    @Override
    public void register(BeanRegistry registry, Environment settings) {
        registry.registerBean(
                "issuerEndpoints",
                SecurityFilterChain.class,
                bean -> bean.order(Ordered.HIGHEST_PRECEDENCE)
                        .supplier(beans -> endpoints(beans.bean(HttpSecurity.class))));
        registry.registerBean(
                "issuerSettings",
                AuthorizationServerSettings.class,
                bean -> bean.supplier(_ ->
                        AuthorizationServerSettings.builder().issuer(ISSUER).build()));
        registry.registerBean(
                "clients",
                RegisteredClientRepository.class,
                bean -> bean.supplier(beans -> clients(beans.bean(SecretFiles.class))));
        registry.registerBean(
                "signingKey", KEYS, bean -> bean.supplier(beans -> signingKey(beans.bean(SecretFiles.class))));
        registry.registerBean(
                "embeddedIssuer",
                EmbeddedIssuer.class,
                bean -> bean.supplier(beans -> new EmbeddedIssuer(ISSUER, beans.bean(KEYS))));
        String audience = settings.getRequiredProperty("slotgate.security.audience");
        registry.registerBean("claims", TrialClaims.class, bean -> bean.supplier(_ -> new TrialClaims(audience)));
    }

    private static SecurityFilterChain endpoints(HttpSecurity http) {
        return http.securityMatcher("/oauth2/token", "/oauth2/jwks", "/.well-known/oauth-authorization-server")
                .oauth2AuthorizationServer(server -> {})
                .authorizeHttpRequests(paths -> paths.anyRequest().authenticated())
                .build();
    }

    private static RegisteredClientRepository clients(SecretFiles files) {
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

    private static JWKSource<SecurityContext> signingKey(SecretFiles files) {
        String stored = files.readOrMake("issuer-key.jwk", TrialIssuer::newKey);
        try {
            return new ImmutableJWKSet<>(new JWKSet(RSAKey.parse(stored)));
        } catch (ParseException e) {
            throw new StartRefused("The file issuer-key.jwk in the data folder is damaged: delete it for a new one.");
        }
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
