package dev.slotgate.key;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the gateway does with keys by itself.
 *
 * @param destroyDelay how long a key that is to be destroyed can be had back
 */
@ConfigurationProperties("slotgate.keys")
record KeySettings(@DefaultValue("0s") Duration destroyDelay) {}
