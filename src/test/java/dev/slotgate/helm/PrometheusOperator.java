package dev.slotgate.helm;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.gson.JsonElement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the chart uses of the Prometheus operator's API (monitoring.coreos.com/v1); any other field is refused. */
final class PrometheusOperator {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private PrometheusOperator() {}

    record Metadata(String name, Map<String, String> labels) {}

    record ServiceMonitor(String apiVersion, String kind, Metadata metadata, MonitorSpec spec) {

        static void check(JsonElement manifest) {
            STRICT.readValue(manifest.toString(), ServiceMonitor.class);
        }
    }

    record MonitorSpec(String jobLabel, Selector selector, List<Endpoint> endpoints) {}

    record Selector(Map<String, String> matchLabels) {}

    record Endpoint(
            String port,
            String path,
            String scheme,
            String interval,
            OAuth2 oauth2,
            @Nullable TlsConfig tlsConfig) {}

    record OAuth2(String tokenUrl, SecretOrConfigMap clientId, SecretKey clientSecret, List<String> scopes) {}

    record TlsConfig(String serverName, @Nullable SecretOrConfigMap ca) {}

    record SecretOrConfigMap(SecretKey secret) {}

    record SecretKey(String name, String key) {}

    record PrometheusRule(String apiVersion, String kind, Metadata metadata, RuleSpec spec) {

        static void check(JsonElement manifest) {
            STRICT.readValue(manifest.toString(), PrometheusRule.class);
        }
    }

    record RuleSpec(List<Group> groups) {}

    record Group(String name, @Nullable String interval, List<Rule> rules) {}

    /** An alert, or a record: the name of what is computed. */
    record Rule(
            @Nullable String alert,
            @Nullable String record,
            String expr,
            @JsonProperty("for") @Nullable String pending,

            @JsonProperty("keep_firing_for") @Nullable String keepFiring,

            @Nullable Map<String, String> labels,
            @Nullable Map<String, String> annotations) {}
}
