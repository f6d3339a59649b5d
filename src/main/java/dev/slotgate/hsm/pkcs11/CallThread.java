package dev.slotgate.hsm.pkcs11;

/**
 * A platform thread that makes native calls itself and may hang in one: whoever waits for it is in another process, keeps the
 * deadline there, and ends this process when too many hang. It saves handing each call to the thread of a session and back,
 * which costs as much as a third of a signature.
 */
public final class CallThread extends Thread {

    public CallThread(Runnable work) {
        super(work, "pkcs11-call");
        setDaemon(true);
    }

    static boolean isCurrent() {
        return Thread.currentThread() instanceof CallThread;
    }
}
