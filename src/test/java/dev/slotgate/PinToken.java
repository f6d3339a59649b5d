package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slotgate.hsm.pkcs11.OpenCryptokiTrialToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A token of a trial gateway whose PINs a campaign changes, as the gateway and as other programs see it. */
enum PinToken {
    SOFTHSM(0, "slot-0", "{'type':'EC','curve':'P-256','label':'pins','usage':['sign']}", "ES256") {
        @Override
        Map<String, String> prepare() {
            return Map.of();
        }

        @Override
        String soPin(Path data) throws IOException {
            return Files.readString(data.resolve("so-pins/slot-0")).strip();
        }

        @Override
        Path library() {
            return SoftHsm.library();
        }
    },
    /** In the trial as a module of its own; ten slots are SoftHSM's. */
    OPENCRYPTOKI(10, "slotgate-test", "{'type':'RSA','size':2048,'label':'pins','usage':['sign']}", "RS256") {
        @Override
        Map<String, String> prepare() throws Exception {
            Path library = OpenCryptokiTrialToken.renew(DEFAULT_PIN);
            return Map.of("SLOTGATE_MODULES_1_NAME", "ock", "SLOTGATE_MODULES_1_LIBRARY", library.toString());
        }

        @Override
        String soPin(Path data) {
            return "87654321";
        }

        @Override
        Path library() {
            return OpenCryptoki.library();
        }
    };

    /** The user PIN of every token when the trial begins. */
    static final String DEFAULT_PIN = "98765432";

    final int slot;
    final String label;
    final String key;
    final String algorithm;

    PinToken(int slot, String label, String key, String algorithm) {
        this.slot = slot;
        this.label = label;
        this.key = key;
        this.algorithm = algorithm;
    }

    /** Makes it ready; what a gateway needs in its environment beside what the launcher sets. */
    abstract Map<String, String> prepare() throws Exception;

    /** The SO PIN when the trial begins. */
    abstract String soPin(Path data) throws IOException;

    abstract Path library();

    String path(String call) {
        return "/slots/" + slot + call;
    }

    /** Whether the token accepts the user PIN, asked by a program in a fresh process. */
    boolean acceptsUser(Path data, String pin) throws Exception {
        return accepts(data, "--login", "--pin", pin, "--list-objects");
    }

    /** Likewise the SO PIN. */
    boolean acceptsSo(Path data, String pin) throws Exception {
        return accepts(data, "--login", "--login-type", "so", "--so-pin", pin, "--session-rw", "--list-objects");
    }

    /** The line of flags that pkcs11-tool shows. */
    String flags(Path data) throws Exception {
        String all = run(data, 0, List.of("--list-token-slots"));
        String ours = all.substring(all.indexOf(label));
        return ours.lines()
                .filter(line -> line.contains("token flags"))
                .findFirst()
                .orElseThrow();
    }

    private boolean accepts(Path data, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("--token-label", label));
        command.addAll(List.of(arguments));
        String printed = run(data, -1, command);
        if (printed.contains("CKR_PIN_INCORRECT")) {
            return false;
        }
        assertThat(printed).doesNotContain("error:");
        return true;
    }

    private String run(Path data, int expected, List<String> arguments) throws Exception {
        var command =
                new ArrayList<>(List.of("pkcs11-tool", "--module", library().toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SOFTHSM2_CONF", data.resolve("softhsm2.conf").toString());
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        assertThat(expected < 0 ? expected : status).as(printed).isEqualTo(expected);
        return printed;
    }
}
