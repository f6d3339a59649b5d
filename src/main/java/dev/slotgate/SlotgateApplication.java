package dev.slotgate;

import java.math.BigDecimal;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.PersistenceExceptionTranslationAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerAutoConfiguration;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerJwtAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.metrics.TomcatMetricsAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;

/**
 * Starts the gateway. Spring would observe each call some twenty times on its way, which costs more than to count it; the gateway
 * counts and traces it once, with labels that are bounded. Nothing of ours is called through a proxy, and to look at each bean for
 * whether it should be takes a twentieth of the start. A gateway that is no trial would make the keys of an issuer that it is not, and all would count
 * sessions of browsers.
 */
@SpringBootApplication(
        exclude = {
            ObservationAutoConfiguration.class,
            AopAutoConfiguration.class,
            TransactionAutoConfiguration.class,
            PersistenceExceptionTranslationAutoConfiguration.class,
            OAuth2AuthorizationServerAutoConfiguration.class,
            OAuth2AuthorizationServerJwtAutoConfiguration.class,
            TomcatMetricsAutoConfiguration.class,
        })
@ConfigurationPropertiesScan
public class SlotgateApplication {

    static {
        // The embedded database would keep a thousand strings that it has seen, and those of the audit log have 500 KB.
        System.setProperty("h2.objectCache", "false");
    }

    public static void main(String[] args) {
        // With its first large number the JVM makes tables, for which the start would wait.
        Thread.startVirtualThread(() -> {
            var _ = BigDecimal.ONE;
        });
        var application = new SpringApplication(SlotgateApplication.class);
        application.addListeners(new BeansOfTheBuild());
        application.run(args);
    }
}
