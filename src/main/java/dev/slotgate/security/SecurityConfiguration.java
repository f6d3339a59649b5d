package dev.slotgate.security;

import static org.springframework.security.config.Customizer.withDefaults;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.SupplierJwtDecoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;

/** The resource server: every path needs a verified access token, but for the few that are open to all. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String[] JWK_SETS = {"/slots/*/jwks"};
    private static final String[] NOTHING = {};

    @Bean
    SecurityFilterChain resourceServer(
            HttpSecurity http,
            SecuritySettings settings,
            AuthenticationEntryPoint unauthenticated,
            AccessDeniedHandler forbidden)
            throws Exception {
        return http.csrf(CsrfConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(c -> c.disable())
                .logout(l -> l.disable())
                .headers(withDefaults())
                .authorizeHttpRequests(paths -> paths.requestMatchers(OpenPaths.patterns())
                        .permitAll()
                        .requestMatchers(settings.publicJwks() ? JWK_SETS : NOTHING)
                        .permitAll()
                        .requestMatchers("/actuator/prometheus")
                        .hasAuthority(Scope.METRICS_READ.text())
                        .requestMatchers("/actuator/**")
                        .denyAll()
                        .anyRequest()
                        .authenticated())
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.jwtAuthenticationConverter(CallerToken::of))
                        .authenticationEntryPoint(unauthenticated)
                        .accessDeniedHandler(forbidden))
                .exceptionHandling(
                        e -> e.authenticationEntryPoint(unauthenticated).accessDeniedHandler(forbidden))
                .build();
    }

    @Bean
    JwtDecoder accessTokens(SecuritySettings settings, ObjectProvider<EmbeddedIssuer> embedded) {
        String issuer = settings.issuer();
        if (issuer != null) {
            // Asks the issuer at the first token, so that the gateway starts while the issuer is down.
            return remote(new SupplierJwtDecoder(() -> checked(
                    NimbusJwtDecoder.withIssuerLocation(issuer)
                            .jwtProcessorCustomizer(SecurityConfiguration::acceptAccessTokens)
                            .build(),
                    issuer,
                    settings.audience())));
        }
        EmbeddedIssuer own = embedded.getIfAvailable();
        if (own == null) {
            throw new IssuerNotConfigured();
        }
        return checked(
                NimbusJwtDecoder.withJwkSource(own.keys())
                        .jwtProcessorCustomizer(SecurityConfiguration::acceptAccessTokens)
                        .build(),
                own.issuer(),
                settings.audience());
    }

    /** Tells an issuer that does not answer from a token that is no good. */
    private static JwtDecoder remote(JwtDecoder decoder) {
        return token -> {
            try {
                return decoder.decode(token);
            } catch (BadJwtException e) {
                throw e;
            } catch (JwtException | JwtDecoderInitializationException e) {
                throw new IssuerUnavailable(e);
            }
        };
    }

    private static NimbusJwtDecoder checked(NimbusJwtDecoder decoder, String issuer, String audience) {
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                JwtValidators.createDefaultWithIssuer(issuer),
                new JwtAudienceValidator(audience),
                new JwtClaimValidator<Object>(JwtClaimNames.EXP, Objects::nonNull)));
        return decoder;
    }

    /** The header {@code typ} of access tokens: that of RFC 9068, the older one, or none. */
    private static void acceptAccessTokens(ConfigurableJWTProcessor<SecurityContext> processor) {
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    }
}
