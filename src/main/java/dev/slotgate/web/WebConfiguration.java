package dev.slotgate.web;

import dev.slotgate.audit.AuditJournal;
import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.security.Caller;
import dev.slotgate.security.Scope;
import dev.slotgate.security.SecuritySettings;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What controllers can ask for as a parameter, and who stands before them. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    private final AuditJournal journal;
    private final SecuritySettings security;
    private final IdempotentCalls idempotentCalls;

    private final RateLimits limits;

    WebConfiguration(
            AuditJournal journal, SecuritySettings security, RateLimits limits, IdempotentCalls idempotentCalls) {
        this.journal = journal;
        this.security = security;
        this.limits = limits;
        this.idempotentCalls = idempotentCalls;
    }

    @Bean
    static WebMvcRegistrations frequentCalls() {
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
                return new FrequentCalls();
            }

            @Override
            public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
                return new CallArguments();
            }
        };
    }

    /** Spring's servlet makes the request known by itself. */
    @Bean
    static FilterRegistrationBean<RequestContextFilter> noRequestContextFilter() {
        var registration = new FilterRegistrationBean<>(new RequestContextFilter());
        registration.setEnabled(false);
        return registration;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new AccessInterceptor(journal, security.publicJwks()));
        registry.addInterceptor(new SlotRateInterceptor(limits));
        registry.addInterceptor(new IdempotencyInterceptor(idempotentCalls));
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ArgumentOfType<>(AuditTrail.class, CallFilter::trail));
        resolvers.add(new ArgumentOfType<>(KeyId.class, IdempotencyInterceptor::newKey));
        resolvers.add(new ArgumentOfType<>(KeyUser.class, _ -> user(AccessInterceptor.known())));
        resolvers.add(new ArgumentOfType<>(Caller.class, _ -> AccessInterceptor.caller()));
    }

    private static KeyUser user(Optional<Caller> known) {
        return known.map(WebConfiguration::user).orElseGet(() -> new KeyUser(null, null, false));
    }

    /** The caller as a user of keys. */
    static KeyUser user(Caller caller) {
        return new KeyUser(caller.subject(), caller.client(), caller.has(Scope.KEYS_GRANT));
    }
}
