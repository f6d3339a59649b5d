package dev.slotgate.trial;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The trial set-up.
 *
 * @param data the folder that everything is kept in
 */
@ConfigurationProperties("slotgate")
record TrialSettings(@DefaultValue("data") Path data) {}
