package dev.slotgate.bench.least;

import dev.slotgate.hsm.pkcs11.RawToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;

/** As frameworks are set up by their books, but for tokens of callers, which are taken as verified before. */
@TestConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
})
@EnableWebSecurity
@Import(LeastController.class)
public class LeastGateway {

    /** @param arguments the folder for its token and its journal; it says there, in {@code gateway.url}, where it listens */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        var application = new SpringApplication(LeastGateway.class);
        application.setDefaultProperties(Map.of("least.folder", folder.toString()));
        Environment environment = application.run("--server.port=0").getEnvironment();
        Path url = Files.writeString(
                folder.resolve("url.new"), "http://127.0.0.1:" + environment.getRequiredProperty("local.server.port"));
        Files.move(url, folder.resolve("gateway.url"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Made anew when it is used first, and no part of a start. */
    @Bean
    @Lazy
    RawToken token(@Value("${least.folder}") Path folder) throws Exception {
        return RawToken.on(Files.createTempDirectory(folder, "token"));
    }

    @Bean
    LeastJournal journal(@Value("${least.folder}") Path folder) throws IOException {
        return new LeastJournal(Files.createTempFile(folder, "journal", null));
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests.anyRequest().hasAuthority("SCOPE_crypto.use"))
                .oauth2ResourceServer(server -> server.jwt(_ -> {}))
                .build();
    }

    @Bean
    JwtDecoder known() {
        var tokens = new ConcurrentHashMap<String, Jwt>();
        return token -> tokens.computeIfAbsent(token, LeastGateway::verified);
    }

    private static Jwt verified(String token) {
        Instant now = Instant.now();
        return Jwt.withTokenValue(token)
                .header("alg", "RS256")
                .claim("scope", "crypto.use")
                .issuedAt(now)
                .expiresAt(now.plusSeconds(86_400))
                .build();
    }
}
