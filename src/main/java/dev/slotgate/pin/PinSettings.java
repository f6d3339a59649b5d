package dev.slotgate.pin;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** What the gateway does with PINs by itself. */
@ConfigurationProperties("slotgate")
record PinSettings(
        @DefaultValue List<Slot> slots, @DefaultValue Escrow pinEscrow) {

    /** @param pinRotation how long a user PIN is used until a random one takes its place; for ever when it is not set */
    record Slot(@Nullable Integer id, @Nullable Duration pinRotation) {}

    /** @param publicKey a file with the RSA key of the escrow, 3072 bits or more, in PEM; without it there is no escrow */
    record Escrow(@Nullable Path publicKey) {}
}
