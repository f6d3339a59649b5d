package dev.slotgate.helm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** All that the chart made of one set of values. */
record Manifests(List<Manifest> all) {

    Stream<Manifest> of(String kind) {
        return all.stream().filter(manifest -> manifest.kind().equals(kind));
    }

    /** The one of a kind. */
    Manifest the(String kind) {
        return the(kind, Chart.RELEASE + "-slotgate");
    }

    Manifest the(String kind, String name) {
        return find(kind, name).orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    Optional<Manifest> find(String kind, String name) {
        return of(kind).filter(manifest -> manifest.name().equals(name)).findFirst();
    }

    Manifest statefulSet() {
        return the("StatefulSet");
    }

    /** The specification of the gateways' pods. */
    Manifest pod() {
        return statefulSet().part("spec.template.spec");
    }

    Manifest container() {
        return pod().parts("containers").findFirst().orElseThrow();
    }

    /** The labels of the gateways' pods. */
    Map<?, ?> podLabels() {
        return statefulSet().part("spec.template.metadata.labels").content();
    }

    Manifest testPod() {
        return the("Pod", Chart.RELEASE + "-slotgate-test");
    }

    /** What the gateway reads as its configuration. */
    String applicationYaml() {
        return (String) the("ConfigMap").part("data").content().get("application.yaml");
    }

    Manifest settings() {
        return new Manifest(new Yaml().load(applicationYaml()));
    }
}
