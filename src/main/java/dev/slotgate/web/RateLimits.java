package dev.slotgate.web;

import dev.slotgate.hsm.SlotId;
import dev.slotgate.security.CallLimits;
import dev.slotgate.security.Caller;
import io.github.bucket4j.TimeMeter;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Takes no more calls of a client, and to a slot, than the operator says. A batch is a call, and each of its items is one. */
@Component
class RateLimits implements CallLimits {

    private final @Nullable RateLimit perClient;
    private final @Nullable RateLimit perSlot;

    @Autowired
    RateLimits(RateSettings settings) {
        this(settings, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimits(RateSettings settings, TimeMeter clock) {
        perClient = limit("client", settings.perClient(), clock);
        perSlot = limit("slot", settings.perSlot(), clock);
    }

    private static @Nullable RateLimit limit(String name, RateSettings.@Nullable Rate rate, TimeMeter clock) {
        return rate == null ? null : new RateLimit(name, rate, clock);
    }

    /** @throws RateLimited when the client has made too many calls */
    void take(Caller caller, @Nullable HttpServletResponse answer) {
        if (perClient != null) {
            perClient.take(Client.of(caller), answer);
        }
    }

    /** @throws RateLimited when the slot has had too many calls */
    void take(SlotId slot, @Nullable HttpServletResponse answer) {
        if (perSlot != null) {
            perSlot.take(slot, answer);
        }
    }

    /** @throws RateLimited when there are too many calls for an item of a batch */
    void takeItem(Caller caller, SlotId slot) {
        take(caller, null);
        take(slot, null);
    }

    @Override
    public boolean takes(Caller caller, int slot) {
        try {
            takeItem(caller, new SlotId(slot));
            return true;
        } catch (RateLimited e) {
            return false;
        }
    }

    /** Whose calls are counted together: a client's, whoever uses it, or a subject's that has none. */
    private record Client(@Nullable String client, @Nullable String subject) {

        static Client of(Caller caller) {
            return new Client(caller.client(), caller.client() == null ? caller.subject() : null);
        }
    }
}
