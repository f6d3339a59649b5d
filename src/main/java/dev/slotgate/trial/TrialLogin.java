package dev.slotgate.trial;

import dev.slotgate.security.Scope;
import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.Scopes;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Lets Swagger UI fetch access tokens of the embedded issuer, as {@code slotgate-admin} or {@code slotgate-service} with its
 * secret from the data folder.
 */
@OnTrial
@ConditionalOnBooleanProperty("springdoc.swagger-ui.enabled")
@ConditionalOnExpression(TrialIssuer.EMBEDDED)
@Configuration(proxyBeanMethods = false)
class TrialLogin {

    private static final String SCHEME = "trialIssuer";

    @Bean
    OpenApiCustomizer trialIssuerInContract() {
        return contract -> {
            contract.getComponents()
                    .addSecuritySchemes(
                            SCHEME,
                            new SecurityScheme()
                                    .type(SecurityScheme.Type.OAUTH2)
                                    .description("The trial's own issuer. The secrets of its clients are in the folder"
                                            + " `clients` of the data folder.")
                                    .flows(new OAuthFlows()
                                            .clientCredentials(new OAuthFlow()
                                                    .tokenUrl("/oauth2/token")
                                                    .scopes(scopes()))));
            contract.getPaths().values().stream()
                    .flatMap(path -> path.readOperations().stream())
                    .forEach(call -> call.setSecurity(withTrialIssuer(call.getSecurity())));
        };
    }

    private static List<SecurityRequirement> withTrialIssuer(List<SecurityRequirement> rules) {
        return Stream.concat(
                        rules.stream(),
                        rules.stream()
                                .flatMap(rule -> rule.values().stream())
                                .map(scopes -> new SecurityRequirement().addList(SCHEME, scopes)))
                .toList();
    }

    private static Scopes scopes() {
        var scopes = new Scopes();
        Scope.all().forEach(scope -> scopes.addString(scope, ""));
        return scopes;
    }
}
