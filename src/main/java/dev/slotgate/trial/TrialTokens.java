package dev.slotgate.trial;

import dev.slotgate.hsm.Pin;
import dev.slotgate.hsm.TokenSetup;
import dev.slotgate.hsm.Tokens;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ten SoftHSM tokens in the data folder, and one for the audit journal's key, made at the first start. */
class TrialTokens implements TokenSetup {

    static final int COUNT = 10;

    private static final Logger LOG = LoggerFactory.getLogger(TrialTokens.class);
    /** Nobody's but the gateway's. */
    static final String AUDIT_TOKEN = "slotgate-audit";

    static final String AUDIT_PIN = "audit-token/user-pin";
    private static final String CONFIGURATION = "softhsm2.conf";
    private static final int SO_PIN_LENGTH = 24;

    private final SecretFiles files;

    TrialTokens(SecretFiles files) {
        this.files = files;
    }

    @Override
    public Map<String, String> environment() {
        files.write(CONFIGURATION, """
                # SoftHSM's configuration for the trial tokens, written at every start.
                directories.tokendir = %s
                objectstore.backend = file
                log.level = ERROR
                """.formatted(files.folder("tokens")));
        return Map.of("SOFTHSM2_CONF", files.path(CONFIGURATION).toString());
    }

    @Override
    public void prepare(Tokens tokens) {
        Set<String> ready = tokens.labels();
        List<String> missing = IntStream.range(0, COUNT)
                .mapToObj(i -> "slot-" + i)
                .filter(label -> !ready.contains(label))
                .toList();
        missing.forEach(label -> make(tokens, label));
        if (!ready.contains(AUDIT_TOKEN)) {
            makeAuditToken(tokens);
        }
        if (!missing.isEmpty()) {
            LOG.info("Made the trial tokens {}", String.join(", ", missing));
        }
    }

    private void makeAuditToken(Tokens tokens) {
        String soPin = files.readOrMake("audit-token/so-pin", () -> SecretFiles.random(SO_PIN_LENGTH));
        String userPin = files.readOrMake(AUDIT_PIN, () -> SecretFiles.random(SO_PIN_LENGTH));
        try (var so = new Pin(soPin.toCharArray());
                var user = new Pin(userPin.toCharArray())) {
            tokens.provision(AUDIT_TOKEN, so, user);
        }
    }

    /** The SO PIN is in its file before the token has it, so that it cannot be lost. */
    private void make(Tokens tokens, String label) {
        String soPin = files.readOrMake("so-pins/" + label, () -> SecretFiles.random(SO_PIN_LENGTH));
        try (var so = new Pin(soPin.toCharArray());
                var user = new Pin(Trial.USER_PIN.toCharArray())) {
            tokens.provision(label, so, user);
        }
    }
}
