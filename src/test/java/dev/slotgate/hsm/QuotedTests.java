package dev.slotgate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedTests {

    @Test
    void leavesNoRoomForForgedLinesOrTerminalEscapes() {
        assertThat(Quoted.text("a\r\nb\u001b[31m\u202e")).isEqualTo("'a��b�[31m�'");
    }

    @Test
    void cutsWhatIsTooLongToRead() {
        assertThat(Quoted.text("𝄞".repeat(1000))).isEqualTo("'" + "𝄞".repeat(80) + "…'");
    }
}
