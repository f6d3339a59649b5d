package dev.slotgate.hsm.pkcs11;

import dev.slotgate.SoftHsm;
import java.nio.file.Path;
import java.util.Map;

/** The fault-injecting module in front of SoftHSM, for gateways in processes of their own. */
public final class ShimInFront {

    private ShimInFront() {}

    /** Builds it in a folder. Answers the environment that it needs. */
    public static Map<String, String> of(Path folder, String rules) throws Exception {
        Shim.build(folder).rules(rules);
        return Map.of(
                "SHIM_TARGET", SoftHsm.library().toString(),
                "SHIM_RULES", folder.resolve("rules").toString(),
                "SHIM_COUNTERS", folder.resolve("counters").toString());
    }

    public static Path library(Path folder) {
        return folder.resolve("libshim.so");
    }
}
