package dev.slotgate.state;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the gateway keeps what it must not lose.
 *
 * @param data the folder of this gateway alone; the environment variable SLOTGATE_DATA in short
 * @param masterKeyFile 32 bytes, the same for all gateways that share a database; {@code master.key} in the data folder
 *     when it is not set
 */
@ConfigurationProperties("slotgate")
record StateSettings(
        @DefaultValue("data") Path data, @Nullable Path masterKeyFile) {

    Path masterKey() {
        return masterKeyFile == null ? data.resolve("master.key") : masterKeyFile;
    }
}
