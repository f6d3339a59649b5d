package dev.slotgate.hsm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PinTests {

    @Test
    void doesNotShowItself() {
        assertThat(pin("s3cret-pin")).hasToString("Pin[hidden]");
    }

    @Test
    void matchesTheSameCharactersOnly() {
        assertThat(pin("pä€𝄞1").matches(pin("pä€𝄞1"))).isTrue();
        assertThat(pin("pä€𝄞1").matches(pin("pä¬𝄞1"))).isFalse();
        assertThat(pin("1234").matches(pin("12345"))).isFalse();
        assertThat(pin("\ud800abc").matches(pin("\ud800xyz"))).isFalse();
    }

    @Test
    void knowsThePinsThatEverybodyKnows() {
        assertThat(pin("98765432").isWellKnown()).isTrue();
        assertThat(pin("98765433").isWellKnown()).isFalse();
    }

    @Test
    void isWipedWhenClosed() {
        Pin pin = pin("1234");
        pin.close();
        assertThat(pin.characters()).containsOnly('\0');
    }

    private static Pin pin(String characters) {
        return new Pin(characters.toCharArray());
    }
}
