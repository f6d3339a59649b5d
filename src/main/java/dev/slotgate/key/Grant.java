package dev.slotgate.key;

import dev.slotgate.hsm.KeyOperation;
import dev.slotgate.hsm.KeyUser;
import java.util.List;

/**
 * That somebody may use a key.
 *
 * @param subject of access tokens, or {@code client:} and a client's id
 * @param operations the words of {@link KeyOperation}
 */
record Grant(String subject, List<String> operations) {

    boolean isTo(KeyUser user) {
        return user.isNamed(subject);
    }

    boolean covers(KeyOperation operation) {
        return operations.contains(operation.word())
                || (operation == KeyOperation.MAC_VERIFY && operations.contains(KeyOperation.MAC.word()));
    }
}
