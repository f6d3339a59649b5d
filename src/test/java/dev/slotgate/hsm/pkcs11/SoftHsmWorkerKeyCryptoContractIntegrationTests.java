package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Isolation;
import java.nio.file.Path;

class SoftHsmWorkerKeyCryptoContractIntegrationTests extends KeyCryptoContract {

    @Override
    ContractToken freshToken(Path folder) throws Exception {
        return ContractToken.ofSoftHsm(folder);
    }

    @Override
    Isolation isolation() {
        return Isolation.PROCESS;
    }
}
