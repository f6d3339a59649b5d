package dev.slotgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slotgate.security.Guarded;
import dev.slotgate.security.Scope;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.StaticWebApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

class FrequentCallsTests {

    private final FrequentCalls calls = calls();

    private static FrequentCalls calls() {
        var context = new StaticWebApplicationContext();
        context.registerSingleton("endpoints", Endpoints.class);
        context.refresh();
        var calls = new FrequentCalls();
        calls.setApplicationContext(context);
        calls.afterPropertiesSet();
        return calls;
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json;charset=utf-8", "APPLICATION/JSON"})
    void aCallFindsItsEndpointAndItsSlot(String contentType) throws Exception {
        MockHttpServletRequest request = post("/slots/4/sign", contentType);

        assertThat(endpoint(request)).isEqualTo("sign");
        assertThat(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE))
                .isEqualTo(Map.of("slot", "4"));
        assertThat(endpoint(post("/slots/4/mac/verify", contentType))).isEqualTo("verify");
    }

    @Test
    void anEscapedSlotIsDecoded() throws Exception {
        MockHttpServletRequest request = post("/slots/%34/sign", "application/json");

        assertThat(endpoint(request)).isEqualTo("sign");
        assertThat(request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE))
                .isEqualTo(Map.of("slot", "4"));
    }

    @Test
    void theSamePathWithAnotherContentIsAnotherEndpoint() throws Exception {
        assertThat(endpoint(post("/slots/4/sign", "application/octet-stream"))).isEqualTo("stream");
    }

    @Test
    void whatNoEndpointTakesIsRefusedAsSpringDoes() {
        MockHttpServletRequest accepting = post("/slots/4/sign", "application/json");
        accepting.addHeader("Accept", "text/html");
        MockHttpServletRequest getting = post("/slots/4/sign", "application/json");
        getting.setMethod("GET");

        assertThatThrownBy(() -> endpoint(accepting)).isInstanceOf(HttpMediaTypeNotAcceptableException.class);
        assertThatThrownBy(() -> endpoint(getting)).isInstanceOf(HttpRequestMethodNotSupportedException.class);
        assertThatThrownBy(() -> endpoint(post("/slots/4/sign", "text/plain")))
                .isInstanceOf(HttpMediaTypeNotSupportedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/slots/4/sign/", "/slots/4/", "/slots/sign", "/slots/4/5/sign", "/slots//sign", "/slots"})
    void whatIsNoSuchPathFindsNothing(String path) throws Exception {
        assertThat(endpoint(post(path, "application/json"))).isNull();
    }

    private static MockHttpServletRequest post(String path, String contentType) {
        var request = new MockHttpServletRequest("POST", path);
        request.setContentType(contentType);
        ServletRequestPathUtils.parseAndCache(request);
        return request;
    }

    private @Nullable String endpoint(MockHttpServletRequest request) throws Exception {
        HandlerExecutionChain chain = calls.getHandler(request);
        return chain == null
                ? null
                : ((HandlerMethod) chain.getHandler()).getMethod().getName();
    }

    @RestController
    static class Endpoints {

        @Guarded(scope = Scope.CRYPTO_USE, action = "a.sign", inBatch = true)
        @PostMapping(path = "/slots/{slot}/sign", consumes = "application/json", produces = "application/json")
        void sign(@PathVariable String slot) {}

        @Guarded(scope = Scope.CRYPTO_USE, action = "a.verify", inBatch = true)
        @PostMapping(path = "/slots/{slot}/mac/verify", consumes = "application/json", produces = "application/json")
        void verify(@PathVariable String slot) {}

        @Guarded(scope = Scope.CRYPTO_USE, action = "a.stream")
        @PostMapping(path = "/slots/{slot}/sign", consumes = "application/octet-stream", produces = "application/json")
        void stream(@PathVariable String slot) {}
    }
}
