package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The same call from many clients at once makes one key. */
class IdempotencyCampaignIntegrationTests extends AgainstTrialGateway {

    private static final int CALLS = Campaign.count(1000);
    private static final int CLIENTS = 16;

    @Test
    void theSameCallFromManyClientsMakesOneKey() throws Exception {
        Set<String> answers = ConcurrentHashMap.newKeySet();
        var made = new AtomicInteger();
        Callable<Integer> call = () -> {
            Gateway.Answer answer = admin.post(
                    "/slots/5/keys",
                    "{'type':'RSA','size':2048,'usage':['sign'],'label':'only one'}",
                    "Idempotency-Key",
                    "one-of-a-thousand");
            answers.add(answer.status() + answer.text());
            return made.incrementAndGet();
        };
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (Future<Integer> each : clients.invokeAll(Collections.nCopies(CALLS, call))) {
                each.get();
            }
        }
        int keys = admin.get("/slots/5/keys").json().path("items").size();
        Campaign.report("idempotency", "%d calls from %d clients made %d key".formatted(made.get(), CLIENTS, keys));
        assertThat(made).hasValue(CALLS);
        assertThat(answers).hasSize(1).first().asString().startsWith("201");
        assertThat(keys).isEqualTo(1);
    }
}
