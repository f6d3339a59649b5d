package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import org.h2.util.StringUtils;
import org.junit.jupiter.api.Test;

class EmbeddedDatabaseTests {

    /** H2 looks at the setting when it is loaded, and here it may have been before the gateway was: so it is loaded once more. */
    @Test
    void itKeepsNoStringThatItHasSeen() throws Exception {
        Class.forName(SlotgateApplication.class.getName());
        URL jar = StringUtils.class.getProtectionDomain().getCodeSource().getLocation();
        try (var loader = new URLClassLoader(new URL[] {jar}, null)) {
            var cache = loader.loadClass(StringUtils.class.getName()).getMethod("cache", String.class);
            Object seen = cache.invoke(null, "a line ".repeat(2));

            assertThat(cache.invoke(null, "a line ".repeat(2))).isEqualTo(seen).isNotSameAs(seen);
        }
    }
}
