package dev.slotgate.crypto;

import dev.slotgate.bench.MicroBenchmark;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of a signature, as the gateway reads and writes it. */
@SuppressWarnings("NullAway.Init") // Before it is measured.
public class SignJsonBenchmark extends MicroBenchmark {

    private static final String KEY = "00112233445566778899aabbccddeeff";

    private final byte[] request = """
            {"key":"%s","algorithm":"ES256","digest":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}
            """.formatted(KEY).getBytes(StandardCharsets.UTF_8);
    private final SignResponse response = new SignResponse(KEY, "ES256", new byte[71], "der", null);
    private AnnotationConfigApplicationContext context;
    private JsonMapper json;

    @Setup
    public void configure() throws ClassNotFoundException {
        context = new AnnotationConfigApplicationContext(
                JacksonAutoConfiguration.class, Class.forName("dev.slotgate.web.JsonConfiguration"));
        json = context.getBean(JsonMapper.class);
    }

    @TearDown
    public void close() {
        context.close();
    }

    @Benchmark
    public Object read() {
        return json.readValue(request, SignRequest.class);
    }

    @Benchmark
    public byte[] write() {
        return json.writeValueAsBytes(response);
    }
}
