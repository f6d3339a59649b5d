package dev.slotgate.hsm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.HsmFailure;
import dev.slotgate.hsm.KeyId;
import dev.slotgate.hsm.Keys;
import dev.slotgate.hsm.SlotId;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FoundKeysTests {

    private static final SlotId SLOT = new SlotId(1);
    private static final KeyId KEY = new KeyId("0a");

    private final AtomicInteger calls = new AtomicInteger();
    private @Nullable HsmException failure;
    private Runnable meanwhile = () -> {};
    private final FoundKeys found = new FoundKeys((call, arguments) -> {
        int answer = calls.incrementAndGet();
        meanwhile.run();
        if (failure != null) {
            throw failure;
        }
        return answer;
    });

    @Test
    void whatWasFoundIsNotAskedForAgain() {
        assertThat(call("find", SLOT, "k")).isEqualTo(call("find", SLOT, "k"));
        assertThat(call("find", SLOT, "other")).isEqualTo(2);
        assertThat(call("find", new SlotId(2), "k")).isEqualTo(3);
    }

    @Test
    void aChangeOfTheSlotEndsTheMemoryOfItAlone() {
        call("find", SLOT, "k");
        call("find", new SlotId(2), "k");

        call("destroy", SLOT, KEY);

        assertThat(call("find", SLOT, "k")).isEqualTo(4);
        assertThat(call("find", new SlotId(2), "k")).isEqualTo(2);
    }

    @Test
    void aUseThatFailsEndsTheMemory() {
        call("find", SLOT, "k");
        failure = HsmException.keyNotFound(SLOT, "k");
        assertThat(catchThrowableOfType(HsmException.class, () -> call("get", SLOT, KEY))
                        .failure())
                .isEqualTo(HsmFailure.KEY_NOT_FOUND);
        failure = null;

        assertThat(call("find", SLOT, "k")).isEqualTo(3);
    }

    @Test
    void whatIsFoundWhileTheSlotChangesIsNotRemembered() {
        meanwhile = () -> {
            meanwhile = () -> {};
            call("destroy", SLOT, KEY);
        };

        call("find", SLOT, "k");

        assertThat(call("find", SLOT, "k")).isEqualTo(3);
    }

    @Test
    void whatFailedIsNotRemembered() {
        failure = HsmException.keyNotFound(SLOT, "k");
        assertThatExceptionOfType(HsmException.class).isThrownBy(() -> call("find", SLOT, "k"));
        failure = null;

        assertThat(call("find", SLOT, "k")).isEqualTo(2);
    }

    private Object call(String name, Object... arguments) {
        PortCall call = Arrays.stream(Keys.class.getMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .map(method -> PortCall.of(method, name.hashCode() & 0xff))
                .orElseThrow();
        return Optional.ofNullable(found.call(call, arguments)).orElseThrow();
    }
}
