package dev.slotgate.helm;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/** Holds a manifest to the API of Kubernetes: every field must be one of it, and what is required must be there. */
final class StrictCheck {

    private static final Gson GSON = new Gson();

    private static final Map<String, Rules> KINDS = Map.of(
            "v1 ConfigMap", V1ConfigMap::validateJsonElement,
            "v1 Pod", V1Pod::validateJsonElement,
            "v1 Service", V1Service::validateJsonElement,
            "v1 ServiceAccount", V1ServiceAccount::validateJsonElement,
            "apps/v1 StatefulSet", V1StatefulSet::validateJsonElement,
            "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement,
            "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
            "monitoring.coreos.com/v1 ServiceMonitor", PrometheusOperator.ServiceMonitor::check,
            "monitoring.coreos.com/v1 PrometheusRule", PrometheusOperator.PrometheusRule::check);

    private StrictCheck() {}

    /** @throws IllegalArgumentException naming the field that is wrong */
    static void check(Manifest manifest) throws IOException {
        String kind = manifest.text("apiVersion") + " " + manifest.kind();
        Rules rules = Objects.requireNonNull(KINDS.get(kind), () -> "nothing checks a " + kind);
        rules.check(GSON.toJsonTree(manifest.content()));
    }

    private interface Rules {
        void check(JsonElement manifest) throws IOException;
    }
}
