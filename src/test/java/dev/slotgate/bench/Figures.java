package dev.slotgate.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was measured, in the order that it was begun in. */
final class Figures {

    private final Map<String, Noted> noted = new LinkedHashMap<>();

    /** Notes one round's value. */
    void add(String name, String unit, double value) {
        noted.computeIfAbsent(name, _ -> new Noted(unit, new ArrayList<>()))
                .values
                .add(value);
    }

    Optional<Series> series(String name) {
        return Optional.ofNullable(noted.get(name)).map(found -> new Series(found.values));
    }

    /** One divided by the other, when both were measured. */
    Optional<Series> ratio(String name, String to) {
        return series(name).flatMap(one -> series(to).map(one::over));
    }

    List<Figure> all() {
        return noted.entrySet().stream()
                .map(entry -> new Figure(entry.getKey(), entry.getValue().unit, new Series(entry.getValue().values)))
                .toList();
    }

    private record Noted(String unit, List<Double> values) {}

    record Figure(String name, String unit, Series series) {}
}
