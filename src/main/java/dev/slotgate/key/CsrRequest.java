package dev.slotgate.key;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.Key;
import dev.slotgate.hsm.Quoted;
import dev.slotgate.hsm.SignatureAlgorithm;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /slots/{slot}/keys/{key}/csr}.
 *
 * @param subject a distinguished name (RFC 4514)
 * @param subjectAltNames each {@code dns:}, {@code ip:}, {@code email:} or {@code uri:} and a name
 * @param algorithm may be left out where the key has but one
 */
record CsrRequest(
        @Nullable String subject,
        @Nullable List<@Nullable String> subjectAltNames,
        @Nullable String algorithm) {

    private static final int MAX_NAMES = 100;

    X500Name checkedSubject() {
        if (subject == null || subject.isBlank()) {
            throw HsmException.invalidField("subject", "a distinguished name, for example CN=service", "nothing");
        }
        try {
            return new X500Name(subject);
        } catch (RuntimeException e) {
            // The parser tells text that is no name by exceptions of many types.
            throw HsmException.invalidField("subject", "a distinguished name (RFC 4514)", Quoted.text(subject));
        }
    }

    List<GeneralName> checkedNames() {
        if (subjectAltNames == null) {
            return List.of();
        }
        if (subjectAltNames.size() > MAX_NAMES) {
            throw HsmException.invalidField(
                    "subjectAltNames", "at most " + MAX_NAMES + " names", String.valueOf(subjectAltNames.size()));
        }
        return subjectAltNames.stream().map(CsrRequest::name).toList();
    }

    SignatureAlgorithm checkedAlgorithm(Key key) {
        List<SignatureAlgorithm> fitting = Algorithms.signing(key.type(), key.curve());
        if (algorithm == null && fitting.size() == 1) {
            return fitting.getFirst();
        }
        return fitting.stream()
                .filter(one -> one.name().equals(algorithm))
                .findFirst()
                .orElseThrow(() -> HsmException.invalidField(
                        "algorithm",
                        fitting.stream().map(Enum::name).collect(Collectors.joining(", ", "one of ", "")),
                        algorithm == null ? "nothing" : Quoted.text(algorithm)));
    }

    private static GeneralName name(@Nullable String text) {
        String[] parts = text == null ? new String[0] : text.split(":", 2);
        if (text != null && !text.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw notOne(text);
        }
        try {
            return switch (parts.length < 2 || parts[1].isBlank() ? "" : parts[0]) {
                case "dns" -> new GeneralName(GeneralName.dNSName, parts[1]);
                case "ip" -> new GeneralName(GeneralName.iPAddress, parts[1]);
                case "email" -> new GeneralName(GeneralName.rfc822Name, parts[1]);
                case "uri" -> new GeneralName(GeneralName.uniformResourceIdentifier, parts[1]);
                default -> throw notOne(text);
            };
        } catch (IllegalArgumentException e) {
            throw notOne(text);
        }
    }

    private static HsmException notOne(@Nullable String text) {
        return HsmException.invalidField(
                "subjectAltNames",
                "ASCII names that begin with dns:, ip:, email: or uri:",
                text == null ? "nothing" : Quoted.text(text));
    }
}
