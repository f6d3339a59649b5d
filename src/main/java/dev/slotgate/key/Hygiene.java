package dev.slotgate.key;

import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.KeyClass;
import dev.slotgate.hsm.KeyUser;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.key.KeyCatalogue.KnownKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Finds what is wrong with the keys of a slot. */
@Service
class Hygiene {

    private final KeyCatalogue catalogue;

    Hygiene(KeyCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    List<Finding> findings(SlotId slot, KeyUser user) {
        List<KnownKey> all = catalogue.visibleOrBack(slot, user);
        List<KnownKey> there =
                all.stream().filter(known -> !known.metadata().destroyed()).toList();
        var findings = new ArrayList<Finding>();
        findings.addAll(shared(there, "duplicate-id", known -> known.key().id().hex(), Hygiene::sameId));
        findings.addAll(shared(there, "duplicate-label", known -> known.key().label(), Hygiene::sameLabel));
        findings.addAll(shared(
                there,
                "duplicate-key",
                known -> PublicKeyFormat.fingerprint(known.key().publicKey()),
                Hygiene::sameKey));
        there.forEach(known -> addOwn(known, findings));
        all.stream()
                .filter(known -> known.metadata().destroyed())
                .map(known -> about(
                        known.key(),
                        "destroyed-key-back",
                        "It was destroyed here, and the token shows it again.",
                        delete(known.key())))
                .forEach(findings::add);
        return findings;
    }

    private static void addOwn(KnownKey known, List<Finding> findings) {
        Key key = known.key();
        if (!key.hasCkaId()) {
            findings.add(about(
                    key,
                    "missing-id",
                    "It has no CKA_ID, and is named by what the token shows of it.",
                    "Give it one: pkcs11-tool --token-label "
                            + quoted(key.token().label()) + " --login --type " + type(key) + " --label "
                            + quoted(String.valueOf(key.label())) + " --set-id <new id in hex>"));
        }
        if (key.keyClass() == KeyClass.PUBLIC && known.metadata().createdAt() == null) {
            findings.add(about(
                    key, "orphan-public", "Its private half is not on the token, or has another CKA_ID.", delete(key)));
        }
        if (key.keyClass() == KeyClass.PRIVATE && key.publicKey() == null) {
            findings.add(about(
                    key,
                    "orphan-private",
                    "The token holds no public half of it, or several that differ.",
                    delete(key) + ", or write its public half with the same CKA_ID"));
        }
        for (String broken : KeyPolicy.brokenBy(key)) {
            findings.add(about(
                    key,
                    key.isTooShort() ? "weak" : "leaking",
                    broken,
                    "Make another with POST /slots/" + key.slot() + "/keys, then " + delete(key)));
        }
    }

    private static List<Finding> shared(
            List<KnownKey> keys,
            String kind,
            Function<KnownKey, @Nullable String> what,
            Function<List<Key>, String> remedy) {
        Map<String, List<Key>> by = keys.stream()
                .filter(known -> what.apply(known) != null)
                .collect(Collectors.groupingBy(
                        known -> Objects.requireNonNull(what.apply(known)),
                        TreeMap::new,
                        Collectors.mapping(KnownKey::key, Collectors.toList())));
        return by.values().stream()
                .filter(same -> same.size() > 1)
                .map(same -> new Finding(
                        kind,
                        same.stream().map(key -> key.id().hex()).distinct().toList(),
                        same.size() + " keys share it, so that it names none of them.",
                        remedy.apply(same)))
                .toList();
    }

    private static String sameId(List<Key> keys) {
        return "Give all but one another CKA_ID: pkcs11-tool --token-label "
                + quoted(keys.getFirst().token().label()) + " --login --id "
                + keys.getFirst().id()
                + " --set-id <new id in hex>";
    }

    private static String sameLabel(List<Key> keys) {
        return "PATCH " + path(keys.getLast()) + " with another label";
    }

    private static String sameKey(List<Key> keys) {
        return delete(keys.getLast());
    }

    private static Finding about(Key key, String kind, String detail, String remedy) {
        return new Finding(kind, List.of(key.id().hex()), detail, remedy);
    }

    private static String delete(Key key) {
        return "DELETE " + path(key);
    }

    private static String path(Key key) {
        return "/slots/" + key.slot() + "/keys/" + key.id();
    }

    private static String type(Key key) {
        return switch (key.keyClass()) {
            case PRIVATE -> "privkey";
            case SECRET -> "secrkey";
            case PUBLIC -> "pubkey";
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
