package dev.slotgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.slotgate.audit.AuditTrail;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.Caller;
import dev.slotgate.security.Guarded;
import dev.slotgate.security.SlotAccess;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestBody;

class BatchOperationTests {

    private static final SlotId SLOT = new SlotId(3);
    private static final KeyUser USER = new KeyUser("me", null, false);
    private static final AuditTrail TRAIL = new AuditTrail("id", "127.0.0.1");

    private static BatchOperation operation(String name) {
        Method method = Arrays.stream(Endpoints.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return new BatchOperation(new Endpoints(), method, method.getAnnotation(Guarded.class));
    }

    private static Caller caller() {
        return new Caller("me", null, Set.of(), new SlotAccess(true, Set.of()), null);
    }

    @Test
    void anEndpointGetsWhatItAsksFor() throws Exception {
        BatchOperation operation = operation("echo");
        assertThat(operation.body()).isEqualTo(String.class);
        assertThat(operation.goesTogether()).isFalse();
        assertThat(operation.call(SLOT, "body", caller(), USER, TRAIL)).isEqualTo("body me me 3 id");
    }

    @Test
    void whatAnItemHasNotIsFoundAtTheStart() {
        assertThatIllegalStateException()
                .isThrownBy(() -> operation("ofRequest"))
                .withMessageContaining("ofRequest");
        assertThatIllegalStateException()
                .isThrownBy(() -> operation("ofNoBody"))
                .withMessageContaining("ofNoBody");
        assertThatIllegalStateException().isThrownBy(() -> operation("lonely")).withMessageContaining("together");
    }

    @Test
    void severalCallsGoTogetherWhereTheEndpointSaysHow() throws Exception {
        BatchOperation operation = operation("lengthen");
        assertThat(operation.goesTogether()).isTrue();
        List<Callable<Object>> answers = operation.callAll(SLOT, List.of("a", "bb"), USER, List.of(TRAIL, TRAIL));
        assertThat(answers.get(0).call()).isEqualTo("a!");
        assertThat(answers.get(1).call()).isEqualTo("bb!");
    }

    /** As controllers have them. */
    @SuppressWarnings("unused")
    private static final class Endpoints {

        @Guarded(action = "echo", inBatch = true)
        String echo(@RequestBody String body, Caller caller, KeyUser user, SlotId slot, AuditTrail trail) {
            return String.join(" ", body, caller.subject(), user.subject(), slot.toString(), trail.requestId());
        }

        @Guarded(action = "of-request", inBatch = true)
        String ofRequest(@RequestBody String body, HttpServletRequest request) {
            return body;
        }

        @Guarded(action = "of-no-body", inBatch = true)
        String ofNoBody(SlotId slot) {
            return slot.toString();
        }

        @Guarded(action = "lonely", inBatch = true, together = "nothing")
        String lonely(@RequestBody String body) {
            return body;
        }

        @Guarded(action = "lengthen", inBatch = true, together = "lengthenAll")
        String lengthen(@RequestBody String body) {
            return body + "!";
        }

        List<Callable<String>> lengthenAll(SlotId slot, List<String> bodies, KeyUser user, List<AuditTrail> trails) {
            return bodies.stream()
                    .<Callable<String>>map(body -> () -> body + "!")
                    .toList();
        }
    }
}
