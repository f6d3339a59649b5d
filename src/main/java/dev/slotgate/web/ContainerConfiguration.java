package dev.slotgate.web;

import dev.slotgate.audit.Refusals;
import java.time.Duration;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Has the container wait for nobody without end, believe nobody without reason, and answer its own refusals as problems too. */
@Configuration(proxyBeanMethods = false)
class ContainerConfiguration {

    private static final Duration BODY = Duration.ofSeconds(30);

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReports(Refusals refusals) {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass("");
                host.getPipeline().addValve(new ProblemReportValve(refusals));
            }
        });
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> deadlines() {
        return factory -> {
            factory.setProtocol(TimedHttpProtocol.class.getName());
            factory.addEngineValves(new BodyDeadlineValve(BODY));
        };
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tokens() {
        return factory -> factory.addEngineValves(new AuthorizationValve());
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> trustedProxies(WebSettings settings) {
        var proxies = new TrustedProxies(settings.trustedProxies());
        return factory -> {
            if (!proxies.isEmpty()) {
                factory.addContextValves(new ForwardedValve(proxies));
            }
        };
    }
}
