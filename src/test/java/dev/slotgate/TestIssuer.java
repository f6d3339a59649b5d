package dev.slotgate;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** An OAuth issuer: a key of every kind, named like its curve or type, and tokens that say whatever a test wants. */
public final class TestIssuer implements AutoCloseable {

    public static final List<String> ALGORITHMS = List.of("RS256", "PS256", "ES256", "ES384", "EdDSA");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, KeyPair> pairs = new LinkedHashMap<>();
    private final HttpServer server;

    public TestIssuer() {
        try {
            pairs.put("RSA", pair("RSA", null));
            pairs.put("P-256", pair("EC", "secp256r1"));
            pairs.put("P-384", pair("EC", "secp384r1"));
            pairs.put("Ed25519", pair("Ed25519", null));
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        serve(
                "/.well-known/openid-configuration",
                JSON.writeValueAsString(Map.of("issuer", url(), "jwks_uri", url() + "/jwks")));
        serve("/jwks", keys().toString());
        server.start();
    }

    /** What stands in the claim {@code iss}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The public keys; the id of each is its name. */
    public JWKSet keys() {
        return new JWKSet(pairs.entrySet().stream()
                .map(pair -> jwk(pair.getKey(), pair.getValue()))
                .toList());
    }

    public JWK key(String algorithm) {
        return keys().getKeyByKeyId(keyId(algorithm));
    }

    /** Which of the keys signs with the algorithm. */
    public static String keyId(String algorithm) {
        return switch (algorithm) {
            case "ES256" -> "P-256";
            case "ES384" -> "P-384";
            case "EdDSA" -> "Ed25519";
            default -> "RSA";
        };
    }

    /** A token, signed as the algorithm says whatever its header claims. */
    public String sign(String algorithm, Map<String, ?> header, Map<String, ?> claims) {
        return sign(algorithm, bytes(JSON.writeValueAsString(header)), bytes(JSON.writeValueAsString(claims)));
    }

    public String sign(String algorithm, byte[] header, byte[] payload) {
        String input = Base64URL.encode(header) + "." + Base64URL.encode(payload);
        return input + "." + Base64URL.encode(signature(algorithm, bytes(input)));
    }

    public byte[] signature(String algorithm, byte[] input) {
        try {
            PrivateKey key = Objects.requireNonNull(pairs.get(keyId(algorithm))).getPrivate();
            String bits = algorithm.substring(2);
            Signature signature = Signature.getInstance(
                    switch (algorithm.substring(0, 2)) {
                        case "RS" -> "SHA" + bits + "withRSA";
                        case "PS" -> "RSASSA-PSS";
                        case "ES" -> "SHA" + bits + "withECDSAinP1363Format";
                        default -> "Ed25519";
                    });
            if (algorithm.startsWith("PS")) {
                var mask = new MGF1ParameterSpec("SHA-" + bits);
                signature.setParameter(
                        new PSSParameterSpec("SHA-" + bits, "MGF1", mask, Integer.parseInt(bits) / 8, 1));
            }
            signature.initSign(key);
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(String path, String json) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes(json).length);
            exchange.getResponseBody().write(bytes(json));
            exchange.close();
        });
    }

    private static KeyPair pair(String type, @Nullable String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
        if (curve != null) {
            generator.initialize(new ECGenParameterSpec(curve));
        }
        return generator.generateKeyPair();
    }

    private static JWK jwk(String name, KeyPair pair) {
        return switch (pair.getPublic()) {
            case RSAPublicKey rsa -> new RSAKey.Builder(rsa).keyID(name).build();
            case ECPublicKey ec ->
                new ECKey.Builder(Curve.parse(name), ec).keyID(name).build();
            default -> {
                byte[] info = pair.getPublic().getEncoded();
                byte[] x = Arrays.copyOfRange(info, info.length - 32, info.length);
                yield new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
                        .keyID(name)
                        .build();
            }
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
