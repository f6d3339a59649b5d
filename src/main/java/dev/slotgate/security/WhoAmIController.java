package dev.slotgate.security;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells callers what their token says to the gateway. */
@Tag(name = "Slots")
@RestController
class WhoAmIController {

    @Operation(summary = "Show the caller as the access token tells it")
    @Guarded(anyCaller = true, action = "callers.whoami")
    @GetMapping(path = "/whoami", produces = MediaType.APPLICATION_JSON_VALUE)
    WhoAmIResponse whoAmI(Caller caller) {
        return WhoAmIResponse.of(caller);
    }
}
