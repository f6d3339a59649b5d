package dev.slotgate.hsm.pkcs11;

import dev.slotgate.hsm.HsmException;
import dev.slotgate.hsm.PinSource;
import dev.slotgate.hsm.Slot;
import dev.slotgate.hsm.SlotId;
import dev.slotgate.hsm.SlotState;
import dev.slotgate.hsm.SlotStatus;
import dev.slotgate.hsm.TokenIdentity;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenInfo;

/** A slot of the gateway: the token it stands for, the user's login to it, and its sessions. */
final class BoundSlot {

    private static final Logger LOG = LoggerFactory.getLogger(BoundSlot.class);
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofSeconds(2);

    /** The return codes that say that there is no token, not that it is in trouble. */
    private static final Set<String> GONE = Set.of("CKR_TOKEN_NOT_PRESENT", "CKR_DEVICE_REMOVED");

    private final SlotId id;
    private final boolean automatic;
    private final TokenIdentity identity;
    private final Token token;
    private final Limits limits;
    private final NativeThread keeper;
    private final UserLogin login;
    private final SessionPool pool;

    BoundSlot(
            SlotId id, boolean automatic, FoundToken found, Limits limits, PinSource pins, boolean acceptsDefaultPin) {
        this.id = id;
        this.automatic = automatic;
        this.identity = found.identity();
        this.token = found.token();
        this.limits = limits;
        this.keeper = new NativeThread("slot-" + id + "-keeper");
        this.login = new UserLogin(identity, token, pins, acceptsDefaultPin, keeper, limits.call());
        this.pool = new SessionPool("slot-" + id + "-session", token, limits.sessionsOn(found.info()), limits);
    }

    SlotId id() {
        return id;
    }

    TokenIdentity identity() {
        return identity;
    }

    /** Logs in ahead of the first caller; a slot that cannot stays as it is and says why when it is used. */
    void warmUp() {
        try {
            login.ensure();
        } catch (HsmException e) {
            LOG.warn("Slot {} ({}) is not ready: {}", id, identity.label(), e.getMessage());
        }
    }

    <T> T withSession(SessionWork<T> work) {
        return withSession(limits.call(), work);
    }

    <T> T withSessionForGeneration(SessionWork<T> work) {
        return withSession(limits.generation(), work);
    }

    SlotStatus status() {
        return new SlotStatus(state(), pool.counts(), 0, 0, 0, 0);
    }

    /** What the gateway knows without asking the token. */
    SlotState state() {
        return login.isLoggedIn() ? SlotState.READY : SlotState.LOCKED;
    }

    /** The slot as it is now. A token that does not answer is described by what is known of it. */
    Slot describe() {
        try {
            TokenInfo info = keeper.call(limits.call(), token::getTokenInfo);
            return SlotDescription.of(id, automatic, info, state(), login.isDefaultPin(), pool.counts());
        } catch (HsmException e) {
            SlotState state =
                    e.returnCode() != null && GONE.contains(e.returnCode()) ? SlotState.ABSENT : SlotState.DEGRADED;
            return SlotDescription.unknown(id, automatic, identity, state, pool.counts());
        }
    }

    /** Closes every session, which logs out. False when a call hangs in one of them. */
    boolean close() {
        boolean poolClosed = pool.close();
        keeper.finish(login::end);
        return keeper.hasEndedWithin(PATIENCE_AT_CLOSE) && poolClosed;
    }

    private <T> T withSession(Duration deadline, SessionWork<T> work) {
        login.ensure();
        return pool.withSession(deadline, work);
    }
}
