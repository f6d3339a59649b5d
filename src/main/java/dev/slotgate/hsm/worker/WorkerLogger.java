package dev.slotgate.hsm.worker;

import java.io.Serial;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Writes a line for each message as the gateway does; nobody forges one, and no stack trace is shown. */
final class WorkerLogger extends LegacyAbstractLogger {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

    private final Level least;

    WorkerLogger(String name) {
        this.name = name;
        this.least = name.startsWith("dev.slotgate") || name.startsWith("slotgate") ? Level.INFO : Level.WARN;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            String pattern,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        System.out.println(line(
                ZonedDateTime.now(ZoneId.systemDefault()),
                level,
                MessageFormatter.basicArrayFormat(pattern, arguments)));
    }

    String line(ZonedDateTime time, Level level, String message) {
        var line = new StringBuilder(TIME.format(time))
                .append(' ')
                .append(level == Level.INFO || level == Level.WARN ? level + " " : level)
                .append(" worker ")
                .append(name, name.lastIndexOf('.') + 1, name.length())
                .append(": ");
        message.codePoints().map(c -> endsLine(c) ? ' ' : c).forEach(line::appendCodePoint);
        return line.toString();
    }

    private static boolean endsLine(int c) {
        return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
    }

    private boolean isEnabled(Level level) {
        return level.toInt() >= least.toInt();
    }

    @Override
    public boolean isTraceEnabled() {
        return isEnabled(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
        return isEnabled(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
        return isEnabled(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
        return isEnabled(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
        return isEnabled(Level.ERROR);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }
}
