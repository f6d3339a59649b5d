package dev.slotgate.hsm.pkcs11;

import dev.slotgate.SoftHsm;
import java.nio.file.Path;
import java.util.List;

/** A fresh token that a contract is tested on. */
record ContractToken(Path library, String label, String userPin, String soPin) {

    static ContractToken ofSoftHsm(Path folder) throws Exception {
        TestTokens.provision(folder, SoftHsm.library(), List.of("fresh")).close();
        return new ContractToken(SoftHsm.library(), "fresh", TestTokens.USER_PIN, "so-fresh");
    }

    static ContractToken ofOpenCryptoki() throws Exception {
        return new ContractToken(
                OpenCryptokiToken.renew(),
                OpenCryptokiToken.LABEL,
                OpenCryptokiToken.USER_PIN,
                OpenCryptokiToken.SO_PIN);
    }
}
