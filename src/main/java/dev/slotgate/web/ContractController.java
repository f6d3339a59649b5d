package dev.slotgate.web;

import dev.slotgate.security.EmbeddedIssuer;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The contract, for anybody. */
@Hidden
@RestController
class ContractController {

    private static final String YAML = "application/vnd.oai.openapi";

    private final SingletonSupplier<ServedContract> contract;

    ContractController(WebSettings settings, ObjectProvider<EmbeddedIssuer> issuer) {
        contract = SingletonSupplier.of(() -> settings.swaggerUi() && issuer.getIfAvailable() != null
                ? ServedContract.withEmbeddedIssuer()
                : ServedContract.asBuilt());
    }

    @GetMapping(path = "/openapi", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] json() {
        return contract.obtain().json();
    }

    @GetMapping(path = "/openapi.yaml", produces = YAML)
    byte[] yaml() {
        return contract.obtain().yaml();
    }
}
