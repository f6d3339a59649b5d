package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import org.h2.util.StringUtils;
import org.junit.jupiter.api.Test;

class EmbeddedDatabaseTests {

    @Test
    void itKeepsNoStringThatItHasSeen() throws Exception {
        Class.forName(SlotgateApplication.class.getName());
        String seen = StringUtils.cache("a line ".repeat(2));

        assertThat(StringUtils.cache("a line ".repeat(2))).isEqualTo(seen).isNotSameAs(seen);
    }
}
