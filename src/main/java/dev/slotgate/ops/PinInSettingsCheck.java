package dev.slotgate.ops;

import dev.slotgate.hsm.StartRefused;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.stereotype.Component;

/** Refuses a PIN where others can read it: in an environment variable, on a command line or in the configuration. */
@Component
class PinInSettingsCheck {

    private static final Pattern PIN = Pattern.compile("slotgate.*pin");
    private static final Pattern NO_LETTER = Pattern.compile("[^a-z]");

    PinInSettingsCheck(ConfigurableEnvironment environment) {
        environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .map(EnumerablePropertySource.class::cast)
                .flatMap(source -> Arrays.stream(source.getPropertyNames()))
                .filter(PinInSettingsCheck::isOfPin)
                .findFirst()
                .ifPresent(PinInSettingsCheck::refuse);
    }

    private static boolean isOfPin(String name) {
        String letters = NO_LETTER.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
        return PIN.matcher(letters).matches();
    }

    private static void refuse(String name) {
        throw new StartRefused(name + " is set: a PIN is not taken from an environment variable, a command line or the "
                + "configuration, where others can read it. Put it into a file and name that with "
                + "slotgate.slots[].user-pin-file.");
    }
}
