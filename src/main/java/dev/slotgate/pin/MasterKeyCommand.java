package dev.slotgate.pin;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/**
 * The command that puts a new master key in the place of the old one, while no gateway runs: with the configuration of the
 * gateway, and {@code --new-master-key-file=<file>}. Not annotated as a configuration, or the gateway would find it and run it, too.
 */
@EnableAutoConfiguration
@ComponentScan("dev.slotgate.state")
@ConfigurationPropertiesScan("dev.slotgate.state")
@Import({PinTable.class, PinSeal.class, MasterKeyChange.class})
public class MasterKeyCommand {

    /** @param arguments settings, as the gateway takes them */
    public static void main(String[] arguments) {
        new SpringApplicationBuilder(MasterKeyCommand.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                // What the gateway's health is made of is not here.
                .properties("management.endpoint.health.validate-group-membership=false")
                .run(arguments)
                .close();
    }
}
