package dev.slotgate.hsm.binding;

import dev.slotgate.hsm.ReservedToken;
import dev.slotgate.hsm.StartRefused;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The token that holds the key for the checkpoints of the audit journal, and nothing else.
 *
 * @param module the name of the module that the token is in
 * @param serial the token's serial number; this or the label
 * @param label the token's label; this or the serial number
 * @param userPinFile a file that holds the user PIN
 */
@ConfigurationProperties("slotgate.audit.token")
record AuditTokenSettings(
        @DefaultValue("default") String module,
        @Nullable String serial,
        @Nullable String label,
        @Nullable Path userPinFile) {

    Optional<ReservedToken> token() {
        if (serial == null && label == null) {
            return Optional.empty();
        }
        if (serial != null && label != null) {
            throw new StartRefused("slotgate.audit.token needs either serial or label, to say which token it is.");
        }
        return Optional.of(new ReservedToken(module, serial, label, userPinFile));
    }
}
