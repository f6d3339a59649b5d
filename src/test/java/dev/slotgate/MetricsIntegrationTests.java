package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slotgate.security.Guarded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What the monitoring sees of a gateway that runs, and what is written about it. */
class MetricsIntegrationTests extends AgainstTrialGateway {

    private static final String REQUESTS = "slotgate_requests_seconds_count";

    /** In a row of the table: the metric, its labels, its help. */
    private static final Pattern ROW = Pattern.compile("\\| `(slotgate_\\w+)` \\| ([^|]*) \\| (.*) \\|");

    private static final Pattern NAME = Pattern.compile("(?<![\\w$])[a-z][a-z0-9]*(?:_[a-z0-9]+)+\\b");
    private static final Set<String> FUNCTIONS = Set.of("histogram_quantile");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    @SuppressWarnings("NullAway.Init")
    RequestMappingHandlerMapping mappings;

    @BeforeEach
    void useEverything() throws Exception {
        sign("metrics-" + UUID.randomUUID(), 404);
        admin.post("/slots/0/keys", "{'type':'EC','curve':'P-256','label':'metrics','usage':['sign']}");
        sign("metrics", 200);
    }

    @Test
    void callsCountByActionSlotAndOutcome() throws Exception {
        Scrape before = scrape();
        long start = System.nanoTime();
        sign("metrics", 200);
        sign("metrics", 200);
        sign("metrics", 200);
        sign("no-such-key", 404);
        double took = (System.nanoTime() - start) / 1e9;

        awaitMore(before, 3, REQUESTS, "action", "crypto.sign", "slot", "0", "outcome", "success");
        awaitMore(before, 1, REQUESTS, "action", "crypto.sign", "slot", "0", "outcome", "refused");
        awaitMore(before, 1, "slotgate_problems_total", "code", "key-not-found");
        awaitMore(before, 3, "slotgate_token_call_seconds_count", "operation", "signer.sign", "slot", "0");
        Scrape after = scrape();
        String[] labels = {"action", "crypto.sign", "slot", "0"};
        assertThat(more(before, after, "slotgate_requests_seconds_sum", labels)).isBetween(1e-6, took);
        assertThat(more(before, after, "slotgate_token_call_seconds_sum", "operation", "signer.sign"))
                .isPositive()
                .isLessThan(more(before, after, "slotgate_requests_seconds_sum", labels));
        assertThat(more(before, after, REQUESTS, "slot", "1")).isZero();
    }

    @Test
    void theSessionsOfAWorkerAreTimedThere() throws Exception {
        Scrape before = scrape();
        sign("metrics", 200);
        sign("metrics", 200);

        await().untilAsserted(
                        () -> assertThat(more(before, scrape(), "slotgate_session_use_seconds_count", "slot", "0"))
                                .isGreaterThanOrEqualTo(2));
        assertThat(more(before, scrape(), "slotgate_session_use_seconds_sum", "slot", "0"))
                .isBetween(1e-6, 1.0);
    }

    @Test
    void everyItemOfABatchIsACall() throws Exception {
        Scrape before = scrape();
        String item = "{'slot':0,'operation':'digest','algorithm':'SHA-256','message':'YQ=='}";
        String wrong = "{'slot':0,'operation':'digest','algorithm':'MD5','message':'YQ=='}";
        admin.post("/batch", "{'items':[%s,%s,%s]}".formatted(item, wrong, item));

        awaitMore(before, 2, REQUESTS, "action", "crypto.digest", "slot", "0", "outcome", "success");
        awaitMore(before, 1, REQUESTS, "action", "crypto.digest", "slot", "0", "outcome", "refused");
        awaitMore(before, 1, REQUESTS, "action", "crypto.batch", "slot", "none", "outcome", "success");
    }

    @Test
    void theJournalAndItsFollowerAreSeen() throws Exception {
        Scrape before = scrape();
        sign("metrics", 200);

        await().untilAsserted(() -> {
            Scrape after = scrape();
            assertThat(more(before, after, "slotgate_journal_records_total")).isPositive();
            assertThat(more(before, after, "slotgate_journal_flush_seconds_count"))
                    .isPositive();
            assertThat(more(before, after, "slotgate_journal_wait_seconds_count"))
                    .isPositive();
            assertThat(after.value("slotgate_journal_lag_records", "follower", "database"))
                    .isLessThan(10);
        });
        assertThat(before.value("slotgate_journal_open")).isEqualTo(1);
        assertThat(before.value("slotgate_journal_follower_failing", "follower", "database"))
                .isZero();
    }

    @Test
    void slotsAndTheirPinsAreSeen() throws Exception {
        Scrape now = scrape();

        assertThat(now.value("slotgate_slot_state", "slot", "0", "state", "ready"))
                .isEqualTo(1);
        assertThat(now.value("slotgate_slot_state", "slot", "0")).isEqualTo(1);
        assertThat(now.value("slotgate_pin_state", "slot", "3", "state", "default"))
                .isEqualTo(1);
        assertThat(now.value("slotgate_pin_state", "slot", "3")).isEqualTo(1);
        assertThat(now.value("slotgate_pin_tries", "slot", "3")).isZero();
        assertThat(now.value("slotgate_sessions_max", "slot", "0")).isEqualTo(8);
    }

    @Test
    void accessTokensThatAreRefusedCountByReason() throws Exception {
        Scrape before = scrape();
        stranger.get("/slots");
        stranger.with("no-token").get("/slots");
        stranger.with(stranger.forge(claims -> claims.audience("another"))).get("/slots");

        awaitMore(before, 1, "slotgate_authentication_failures_total", "reason", "no-token");
        awaitMore(before, 2, "slotgate_authentication_failures_total", "reason", "invalid-token");
    }

    @Test
    void whateverIsAskedForMakesNoSeriesOfItsOwn() throws Exception {
        askForWhatIsNotThere();
        await().untilAsserted(() -> assertThat(scrape().value(REQUESTS, "action", "none", "outcome", "refused"))
                .isPositive());
        int series = scrape().samplesOfOurs().size();
        for (int i = 0; i < 20; i++) {
            askForWhatIsNotThere();
        }
        assertThat(scrape().samplesOfOurs()).hasSize(series);

        Set<String> actions = actions();
        Set<String> slots = IntStream.range(0, 10).mapToObj(String::valueOf).collect(Collectors.toSet());
        slots.addAll(Set.of("none", "audit"));
        assertThat(scrape().samplesOfOurs()).allSatisfy(sample -> {
            assertThat(slots).contains(sample.labels().getOrDefault("slot", "none"));
            assertThat(actions).contains(sample.labels().getOrDefault("action", "none"));
        });
    }

    private void askForWhatIsNotThere() throws Exception {
        String odd = UUID.randomUUID().toString();
        int number = 1000 + (int) (Math.random() * 1e6);
        admin.get("/" + odd);
        admin.get("/slots/" + odd);
        admin.get("/slots/" + number);
        admin.delete("/slots/" + number + "/keys/" + odd);
        admin.get("/slots/0/keys/" + odd);
        admin.post("/slots/" + number + "/sign", "{'key':'%s','algorithm':'ES256','message':''}".formatted(odd));
        admin.post("/slots/0/sign", "{'key':'%s','algorithm':'%s','message':''}".formatted(odd, odd));
        admin.post("/batch", "{'items':[{'slot':%d,'operation':'%s'}]}".formatted(number, odd));
        admin.get("/audit/" + odd);
        stranger.with(odd).get("/slots/" + number);
    }

    private Set<String> actions() {
        Set<String> actions = mappings.getHandlerMethods().values().stream()
                .map(handler -> handler.getMethodAnnotation(Guarded.class))
                .flatMap(Stream::ofNullable)
                .map(Guarded::action)
                .collect(Collectors.toCollection(TreeSet::new));
        actions.add("none");
        return actions;
    }

    @Test
    void everyMetricIsDescribedInTheDocumentationAndNoOther() throws Exception {
        Scrape scrape = scrape();
        var documented = new TreeMap<String, String>();
        for (String line : Files.readAllLines(Path.of("docs/monitoring.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                documented.put(row.group(1), row.group(3));
                assertThat(row.group(2).replace("`", ""))
                        .as("labels of " + row.group(1))
                        .isEqualTo(String.join(", ", scrape.labels(row.group(1))));
            }
        }
        assertThat(documented).isEqualTo(scrape.ours());
        assertThat(documented.values()).doesNotContain("", " ");
    }

    @Test
    void whatIsTimedIsInSecondsAndWhatGrowsIsATotal() throws Exception {
        Scrape scrape = scrape();

        assertThat(scrape.namesOfOurs("summary", "histogram")).isNotEmpty().allMatch(name -> name.endsWith("_seconds"));
        assertThat(scrape.namesOfOurs("counter")).isNotEmpty().allMatch(name -> name.endsWith("_total"));
        assertThat(scrape.ours().keySet())
                .noneMatch(name -> name.matches(".*_(ms|millis|nanos|minutes|percent)(_.*)?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dashboards/slotgate.json", "rules/slotgate.rules.yaml"})
    void whatLooksAtMetricsNamesOnesThatAreThere(String file) throws Exception {
        String text = Files.readString(Path.of("helm/slotgate").resolve(file));
        Set<String> asked = Pattern.compile("\"?expr\"?: (?:\"((?:[^\"\\\\]|\\\\.)*)\"|>-\\s+(.*))")
                .matcher(text)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .flatMap(expression -> NAME.matcher(expression).results())
                .map(name -> name.group())
                .filter(name -> !FUNCTIONS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(asked).hasSizeGreaterThan(15);
        assertThat(scrape().names()).containsAll(asked);
    }

    private void sign(String key, int status) throws Exception {
        Gateway.Answer answer =
                admin.post("/slots/0/sign", "{'key':'%s','algorithm':'ES256','message':'YQ=='}".formatted(key));
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    }

    private Scrape scrape() throws Exception {
        return Scrape.of(admin);
    }

    /** A call is counted when it was answered, so its caller may look too early. */
    private void awaitMore(Scrape before, double more, String name, String... labels) {
        await().untilAsserted(
                        () -> assertThat(more(before, scrape(), name, labels)).isEqualTo(more));
    }

    private static double more(Scrape before, Scrape after, String name, String... labels) {
        return after.value(name, labels) - before.value(name, labels);
    }
}
