package dev.slotgate.hsm.pkcs11;

import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.Logger;
import org.xipki.pkcs11.wrapper.StaticLogger;

/** Takes the wrapper's log over, which otherwise prints every opened session to the console: warnings and errors pass. */
final class WrapperLog implements Logger {

    private final org.slf4j.Logger log = LoggerFactory.getLogger("slotgate.pkcs11.wrapper");

    private WrapperLog() {}

    /** Must be called before the wrapper's first use. */
    static void install() {
        StaticLogger.setLogger(new WrapperLog());
    }

    @Override
    public void warn(String format, Object... arguments) {
        log.warn(format, arguments);
    }

    @Override
    public void error(String format, Object... arguments) {
        log.error(format, arguments);
    }

    @Override
    public void info(String format, Object... arguments) {
        // Every session opened, and the licence text that NOTICE holds.
    }

    @Override
    public void debug(String format, Object... arguments) {
        // Templates and labels have no place in a log.
    }

    @Override
    public void trace(String format, Object... arguments) {
        // As debug.
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return false;
    }

    @Override
    public boolean isWarnEnabled() {
        return log.isWarnEnabled();
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }
}
