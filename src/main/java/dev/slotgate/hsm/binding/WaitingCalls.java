package dev.slotgate.hsm.binding;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The calls that wait in a {@link SigningLane}, in their order; the lane's lock guards them. */
final class WaitingCalls {

    private final Deque<WaitingCall> queue = new ArrayDeque<>();
    /** Of all that wait. */
    private int inputs;

    void add(WaitingCall call) {
        queue.add(call);
        inputs += call.inputs().size();
    }

    /** Takes the first one that still waits. */
    @Nullable
    WaitingCall next() {
        WaitingCall next = queue.poll();
        while (next != null) {
            inputs -= next.inputs().size();
            if (!next.isOver()) {
                return next;
            }
            next = queue.poll();
        }
        return null;
    }

    /**
     * Takes those that go together with the first one: as many as leave the other sessions their share.
     *
     * @param most how many inputs they may have with its own
     */
    List<WaitingCall> together(WaitingCall first, long most, int sessions) {
        int size = first.inputs().size();
        long share = Math.min(most, Math.ceilDiv(inputs + size, sessions));
        var group = new ArrayList<WaitingCall>();
        group.add(first);
        Iterator<WaitingCall> others = queue.iterator();
        while (size < share && others.hasNext()) {
            WaitingCall other = others.next();
            int more = other.inputs().size();
            boolean over = other.isOver();
            boolean goes = !over && size + more <= share && other.target().equals(first.target());
            if (over || goes) {
                others.remove();
                inputs -= more;
            }
            if (goes) {
                size += more;
                group.add(other);
            }
        }
        return group;
    }
}
