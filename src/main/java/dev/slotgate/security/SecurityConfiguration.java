package dev.slotgate.security;

import static org.springframework.security.config.Customizer.withDefaults;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.authentication.builders.AuthenticationManagerBuilder;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.request.async.WebAsyncManagerIntegrationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.StaticHeadersWriter;

/** The resource server: every path needs a verified access token, but for the few that are open to all. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String[] JWK_SETS = {"/slots/*/jwks"};
    private static final String[] NOTHING = {};

    /**
     * What a chain of filters begins with. Spring Security's own beginning is made for browsers, and looks among all beans for
     * some twenty kinds of what may change it, for each chain.
     */
    @Bean
    @Primary
    @org.springframework.context.annotation.Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
    HttpSecurity chainStart(ApplicationContext beans, ObjectPostProcessor<Object> postProcessor) throws Exception {
        return new HttpSecurity(
                        postProcessor,
                        new AuthenticationManagerBuilder(postProcessor),
                        Map.of(ApplicationContext.class, beans))
                .addFilter(new WebAsyncManagerIntegrationFilter())
                .securityContext(c -> c.securityContextRepository(new RequestAttributeSecurityContextRepository()))
                // There are no sessions: nothing is kept for after a login.
                .requestCache(c -> c.disable())
                .headers(SecurityConfiguration::headers)
                .anonymous(withDefaults())
                .exceptionHandling(withDefaults());
    }

    /** No answer is for a cache (RFC 9111 section 5.2.2.5). What only caches of HTTP/1.0 and browsers of old look at is not sent. */
    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.cacheControl(c -> c.disable())
                .addHeaderWriter(new StaticHeadersWriter(HttpHeaders.CACHE_CONTROL, "no-store"))
                .xssProtection(x -> x.disable());
    }

    @Bean
    SecurityFilterChain resourceServer(
            HttpSecurity http,
            SecuritySettings settings,
            AccessTokens tokens,
            AuthenticationEntryPoint unauthenticated,
            AccessDeniedHandler forbidden)
            throws Exception {
        return http.authorizeHttpRequests(paths -> paths.requestMatchers(SecurityConfiguration::isChangeOrUse)
                        .authenticated()
                        .requestMatchers(OpenPaths::contain)
                        .permitAll()
                        .requestMatchers(settings.publicJwks() ? JWK_SETS : NOTHING)
                        .permitAll()
                        .requestMatchers("/actuator/prometheus")
                        .hasAuthority(Scope.METRICS_READ.text())
                        .requestMatchers("/actuator/**")
                        .denyAll()
                        .anyRequest()
                        .authenticated())
                .addFilterBefore(callers(tokens, unauthenticated), AnonymousAuthenticationFilter.class)
                .exceptionHandling(
                        e -> e.authenticationEntryPoint(unauthenticated).accessDeniedHandler(forbidden))
                .build();
    }

    /** Most calls, told without a look at all the patterns: none of the paths that are open is called by POST below /slots. */
    private static boolean isChangeOrUse(HttpServletRequest request) {
        return HttpMethod.POST.matches(request.getMethod())
                && request.getServletPath().startsWith("/slots/");
    }

    /** With its own rules for headers, but without the regular expressions that it has for them: each call has several. */
    @Bean
    static HttpFirewall httpFirewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderNames(HeaderText::isName);
        firewall.setAllowedHeaderValues(HeaderText::isValue);
        return firewall;
    }

    /** Whoever sends a token is judged by it, also where none is needed; whoever sends none goes on as a stranger. */
    private static AuthenticationFilter callers(AccessTokens tokens, AuthenticationEntryPoint unauthenticated) {
        AuthenticationManager manager = sent -> tokens.caller((SentToken) sent);
        var filter = new AuthenticationFilter(manager, SentToken::of);
        filter.setSuccessHandler((_, _, _) -> {});
        filter.setFailureHandler(unauthenticated::commence);
        return filter;
    }

    @Bean
    AccessTokens accessTokens(SecuritySettings settings, ObjectProvider<EmbeddedIssuer> embedded) {
        String issuer = settings.issuer();
        if (issuer != null) {
            return accessTokens(settings, issuer, new RemoteKeys(issuer, settings.jwksUri()));
        }
        EmbeddedIssuer own = embedded.getIfAvailable();
        if (own == null) {
            throw new SecurityMisconfigured(
                    "slotgate.security.issuer is not set: it names the OAuth issuer whose access tokens the gateway accepts.");
        }
        return accessTokens(settings, own.issuer(), () -> keys(own));
    }

    private static AccessTokens accessTokens(SecuritySettings settings, String issuer, IssuerKeys.Source keys) {
        Clock clock = Clock.systemUTC();
        return new AccessTokens(
                settings,
                new IssuerKeys(keys, settings.jwksRefresh(), clock),
                new AccessTokenRules(issuer, settings, clock),
                clock);
    }

    private static JWKSet keys(EmbeddedIssuer issuer) throws IOException {
        try {
            return new JWKSet(issuer.keys().get(new JWKSelector(new JWKMatcher.Builder().build()), null));
        } catch (KeySourceException e) {
            throw new IOException(e);
        }
    }
}
