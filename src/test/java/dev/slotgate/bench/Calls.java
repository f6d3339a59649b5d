package dev.slotgate.bench;

import dev.slotgate.Gateway;
import dev.slotgate.Wrk.Call;
import dev.slotgate.hsm.pkcs11.RawToken;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** The calls that a gateway is measured with, and their keys. */
final class Calls {

    private static final String DIGEST = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String MESSAGE = Base64.getEncoder().encodeToString(new byte[1024]);

    private final Gateway admin;

    Calls(Gateway admin) {
        this.admin = admin;
    }

    /** One that does what the raw token does. */
    Call use(RawToken.Use use, int slot) throws Exception {
        String key = key(slot, use, "bench-" + use);
        return use == RawToken.Use.A256GCM
                ? new Call(
                        "/slots/%d/encrypt".formatted(slot),
                        "{'key':'%s','algorithm':'A256GCM','plaintext':'%s'}".formatted(key, MESSAGE))
                : new Call("/slots/%d/sign".formatted(slot), signature(use, key));
    }

    /** ES256 with so many keys of a slot in turn. */
    List<Call> manyKeys(int slot, int keys) {
        return IntStream.range(0, keys)
                .mapToObj(i -> key(slot, RawToken.Use.ES256, "bench-" + i))
                .map(key -> new Call("/slots/%d/sign".formatted(slot), signature(RawToken.Use.ES256, key)))
                .toList();
    }

    /** A batch of ES256 signatures, whose items go over the slots in turn. */
    Call batch(int items, List<Integer> slots) {
        List<String> each = slots.stream()
                .map(slot -> "{'slot':%d,'operation':'sign','key':'%s','algorithm':'ES256','digest':'%s'}"
                        .formatted(slot, key(slot, RawToken.Use.ES256, "bench-ES256"), DIGEST))
                .toList();
        String all = Collections.nCopies(items / slots.size(), each).stream()
                .flatMap(List::stream)
                .collect(Collectors.joining(","));
        return new Call("/batch", "{'items':[%s]}".formatted(all));
    }

    private static String signature(RawToken.Use use, String key) {
        return "{'key':'%s','algorithm':'%s','digest':'%s'}".formatted(key, use, DIGEST);
    }

    /** Makes it unless it is there. */
    private String key(int slot, RawToken.Use use, String label) {
        String kind = switch (use) {
            case ES256 -> "'type':'EC','curve':'P-256','usage':['sign']";
            case RS256 -> "'type':'RSA','size':2048,'usage':['sign']";
            case A256GCM -> "'type':'AES','size':256,'usage':['encrypt']";
        };
        String path = "/slots/%d/keys".formatted(slot);
        try {
            JsonNode found = admin.get(path + "?label=" + label).json().path("items");
            return (found.isEmpty()
                            ? admin.post(path, "{%s,'label':'%s'}".formatted(kind, label))
                                    .json()
                            : found.path(0))
                    .required("id")
                    .asString();
        } catch (Exception e) {
            throw new IllegalStateException("there is no key " + label, e);
        }
    }
}
