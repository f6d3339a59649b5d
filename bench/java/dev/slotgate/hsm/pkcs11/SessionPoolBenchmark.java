package dev.slotgate.hsm.pkcs11;

import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import dev.slotgate.bench.MicroBenchmark;
import dev.slotgate.hsm.Limits;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Token;
import org.xipki.pkcs11.wrapper.TokenException;

/** To lend a session whose work is nothing: what the pool and its thread cost. */
@SuppressWarnings("NullAway.Init") // Before it is measured.
public class SessionPoolBenchmark extends MicroBenchmark {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private SessionPool pool;

    @Setup
    public void open() throws TokenException {
        Token token = mock(Token.class, withSettings().stubOnly());
        when(token.openSession(anyBoolean()))
                .thenAnswer(_ -> mock(Session.class, withSettings().stubOnly()));
        pool = new SessionPool("bench", () -> token, Limits.DEFAULT, new LongAdder());
    }

    @TearDown
    public void close() {
        pool.close();
    }

    @Benchmark
    public Object alone() {
        return lend();
    }

    /** With twice as many callers as there are sessions. */
    @Benchmark
    @Threads(16)
    public Object crowded() {
        return lend();
    }

    private Object lend() {
        return pool.withSession(Deadline.in(PATIENCE), false, _ -> this);
    }
}
