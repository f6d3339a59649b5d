package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.Isolation;
import java.nio.file.Path;

class SoftHsmWorkerKeyStoreContractIntegrationTests extends KeyStoreContract {

    @Override
    ContractToken freshToken(Path folder) throws Exception {
        return ContractToken.ofSoftHsm(folder);
    }

    @Override
    Isolation isolation() {
        return Isolation.PROCESS;
    }
}
