package dev.slotgate.helm;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What the chart made for Kubernetes, or a part of it. */
record Manifest(Map<?, ?> content) {

    String kind() {
        return text("kind");
    }

    String name() {
        return text("metadata.name");
    }

    String text(String path) {
        return String.valueOf(at(path));
    }

    /** What is at a path of names with dots between them; null when it is not there. */
    Object at(String path) {
        Object here = content;
        for (String name : path.split("\\.", -1)) {
            here = here instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return here;
    }

    Manifest part(String path) {
        return new Manifest((Map<?, ?>) Objects.requireNonNull(at(path), path + " is not there"));
    }

    /** The elements of a list of maps; none when there is no list. */
    Stream<Manifest> parts(String path) {
        return at(path) instanceof List<?> list
                ? list.stream().map(element -> new Manifest((Map<?, ?>) element))
                : Stream.empty();
    }

    /** Whether all that the labels at a path of this one demand is on the other's. */
    boolean selects(String path, Map<?, ?> labels) {
        return labels.entrySet().containsAll(part(path).content().entrySet());
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }
}
