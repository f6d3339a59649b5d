package dev.slotgate.hsm.worker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Collections: an int for how many, then each in turn. They are read as ones that cannot be changed and keep the order in
 * which they were written; sorted ones have the natural order.
 */
final class CollectionCodecs {

    private CollectionCodecs() {}

    static <T> Codec<List<T>> list(Codec<T> element) {
        return Codec.of(
                (to, list) -> writeAll(list, element, to),
                from -> Collections.unmodifiableList(readAll(new ArrayList<>(), element, from)));
    }

    static <T> Codec<Set<T>> set(Codec<T> element) {
        return Codec.of(
                (to, set) -> writeAll(set, element, to),
                from -> Collections.unmodifiableSet(readAll(new LinkedHashSet<>(), element, from)));
    }

    static <K, V> Codec<Map<K, V>> map(Codec<K> key, Codec<V> value) {
        return Codec.of(
                (to, map) -> writeEntries(map, key, value, to),
                from -> Collections.unmodifiableMap(readEntries(new LinkedHashMap<>(), key, value, from)));
    }

    static <K extends Comparable<? super K>, V> Codec<SortedMap<K, V>> sortedMap(Codec<K> key, Codec<V> value) {
        return Codec.of(
                (to, map) -> writeEntries(map, key, value, to),
                from -> Collections.unmodifiableSortedMap(readEntries(new TreeMap<>(), key, value, from)));
    }

    private static <T> void writeAll(Collection<T> all, Codec<T> element, WireWriter to) {
        to.putInt(all.size());
        all.forEach(each -> element.write(each, to));
    }

    private static <T, C extends Collection<T>> C readAll(C into, Codec<T> element, WireReader from) {
        int count = from.takeLength("elements", 1);
        for (int i = 0; i < count; i++) {
            if (!into.add(element.read(from))) {
                throw new WireException("expected each element of a set once");
            }
        }
        return into;
    }

    private static <K, V> void writeEntries(Map<K, V> map, Codec<K> key, Codec<V> value, WireWriter to) {
        to.putInt(map.size());
        map.forEach((k, v) -> {
            key.write(k, to);
            value.write(v, to);
        });
    }

    private static <K, V, M extends Map<K, V>> M readEntries(M into, Codec<K> key, Codec<V> value, WireReader from) {
        int count = from.takeLength("entries", 1);
        for (int i = 0; i < count; i++) {
            if (into.put(key.read(from), value.read(from)) != null) {
                throw new WireException("expected each key of a map once");
            }
        }
        return into;
    }
}
