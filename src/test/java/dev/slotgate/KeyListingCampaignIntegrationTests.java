package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.pkcs11.FillerKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A slot with very many keys is listed and searched as quickly as one with few. */
class KeyListingCampaignIntegrationTests extends AgainstTrialGateway {

    private static final int KEYS = Campaign.count(10_000);
    private static final int MADE_HERE = KEYS / 10;
    private static final int MEASURED = 50;
    private static final Duration FIRST_PAGE = Campaign.time(Duration.ofMillis(100), Duration.ofMillis(1000));
    private static final Duration SEARCH = Campaign.time(Duration.ofMillis(50), Duration.ofMillis(500));
    private static final String PATH = "/slots/6/keys";

    @Test
    void manyKeysAreListedQuicklyAndEachOnce() throws Exception {
        Set<String> stay = make();
        FillerKeys.make(data.resolve("softhsm2.conf"), "slot-6", TokenTools.PIN, KEYS - MADE_HERE);
        long cold = took(PATH);
        long page = median(PATH);
        long search = median(PATH + "?label=key-" + MADE_HERE / 2);
        Map<String, Integer> visits = visitsWhileKeysComeAndGo();
        Campaign.report(
                "key-listing",
                "%d keys: first page %d ms cold, %d ms warm (median of %d), a search by label %d ms; paging visited %d keys"
                        .formatted(KEYS, cold, page, MEASURED, search, visits.size()));
        assertThat(visits.keySet()).containsAll(stay);
        assertThat(visits.values()).containsOnly(1).hasSizeGreaterThanOrEqualTo(KEYS);
        assertThat(page).isLessThan(FIRST_PAGE.toMillis());
        assertThat(search).isLessThan(SEARCH.toMillis());
    }

    private Set<String> make() throws Exception {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < MADE_HERE; i++) {
            String label = "key-" + i;
            calls.add(() -> ids.add(generate(label)));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Boolean> each : threads.invokeAll(calls)) {
                each.get();
            }
        }
        assertThat(ids).hasSize(MADE_HERE);
        return ids;
    }

    /** Pages through the list while keys are made and destroyed beside it. */
    private Map<String, Integer> visitsWhileKeysComeAndGo() throws Exception {
        var done = new AtomicBoolean();
        var changes = Thread.ofPlatform().start(() -> {
            List<String> extra = new ArrayList<>();
            try {
                while (!done.get()) {
                    extra.add(generate("extra-" + extra.size()));
                    if (extra.size() % 2 == 0) {
                        admin.delete(PATH + "/" + extra.get(extra.size() / 2));
                    }
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        var visits = new HashMap<String, Integer>();
        String next = "";
        do {
            JsonNode page = admin.get(PATH + "?limit=100" + next).json();
            page.path("items").forEach(key -> visits.merge(key.path("id").asString(), 1, Integer::sum));
            next = page.path("next").isString() ? "&after=" + page.path("next").asString() : "";
        } while (!next.isEmpty());
        done.set(true);
        changes.join();
        return visits;
    }

    private String generate(String label) throws Exception {
        Gateway.Answer made =
                admin.post(PATH, "{'type':'AES','size':256,'usage':['encrypt'],'label':'%s'}".formatted(label));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json().path("id").asString();
    }

    private long median(String path) throws Exception {
        long[] times = new long[MEASURED];
        for (int i = 0; i < MEASURED; i++) {
            times[i] = took(path);
        }
        Arrays.sort(times);
        return times[MEASURED / 2];
    }

    private long took(String path) throws Exception {
        long begun = System.nanoTime();
        Gateway.Answer answer = admin.get(path);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("items").size()).isPositive();
        return (System.nanoTime() - begun) / 1_000_000;
    }
}
