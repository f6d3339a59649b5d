package dev.slotgate.web;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request whose body somebody watches. */
final class WatchedRequest extends HttpServletRequestWrapper {

    private final Function<InputStream, WatchedBody> watch;
    private @Nullable WatchedBody body;

    /** @param watch begins when the body is first asked for */
    WatchedRequest(HttpServletRequest request, Function<InputStream, WatchedBody> watch) {
        super(request);
        this.watch = watch;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (body == null) {
            body = watch.apply(super.getInputStream());
        }
        return body;
    }
}
