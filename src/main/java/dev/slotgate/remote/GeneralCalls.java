package dev.slotgate.remote;

import dev.slotgate.remote.wire.Padded;
import dev.slotgate.remote.wire.Version;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Component;

/** The beginning and the end of an application (PKCS#11 2.40 section 5.4). */
@Component
class GeneralCalls implements Call.Family {

    private static final byte[] HANDSHAKE =
            "PRIVATE-GNOME-KEYRING-PKCS11-PROTOCOL-V-1".getBytes(StandardCharsets.US_ASCII);
    private static final int WIDTH = 32;

    @Override
    public List<Call> calls() {
        return List.of(
                Call.toAll(1, "C_Initialize", "ayyay", "", Rule.NONE, GeneralCalls::initialize),
                Call.toAll(2, "C_Finalize", "", "", Rule.NONE, GeneralCalls::terminate),
                Call.toAll(3, "C_GetInfo", "", "vsusv", Rule.NONE, _ -> info()));
    }

    private static List<Object> initialize(CallContext call) {
        if (!Arrays.equals(call.arguments().bytesOrNone(0), HANDSHAKE)) {
            throw new CallRefused(ReturnCode.GENERAL_ERROR);
        }
        if (call.application().isInitialized()) {
            throw new CallRefused(ReturnCode.CRYPTOKI_ALREADY_INITIALIZED);
        }
        call.application().initialize();
        return List.of();
    }

    private static List<Object> terminate(CallContext call) {
        call.application().close();
        return List.of();
    }

    private static List<Object> info() {
        return List.of(
                new Version(2, 40),
                new Padded("Slotgate", WIDTH),
                0L,
                new Padded("Slotgate PKCS#11", WIDTH),
                new Version(1, 0));
    }
}
