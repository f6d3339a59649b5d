package dev.slotgate;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Values that a contract asks for, or nearly so. */
final class FuzzValues {

    private static final List<String> WORDS = List.of(
            "RSA",
            "EC",
            "OKP",
            "AES",
            "HMAC",
            "P-256",
            "Ed25519",
            "ES256",
            "RS256",
            "PS256",
            "EdDSA",
            "A256GCM",
            "RSA-OAEP",
            "RSA-OAEP-256",
            "HS256",
            "AES-CMAC",
            "SHA-256",
            "ECDH-ES",
            "A256KW",
            "sign",
            "decrypt",
            "encrypt",
            "mac",
            "wrap",
            "derive",
            "der",
            "raw",
            "pkcs8",
            "spki",
            "jwk",
            "enabled",
            "disabled",
            "CN=fuzz",
            "dns:example.org",
            "");
    /** What a field of the name takes: without it next to nothing would be right enough to come far. */
    private static final Map<String, List<String>> FITTING = Map.ofEntries(
            Map.entry("type", List.of("RSA", "EC", "OKP", "AES", "HMAC")),
            Map.entry("curve", List.of("P-256", "P-384", "Ed25519")),
            Map.entry("usage", List.of("sign", "encrypt", "decrypt", "mac", "derive", "wrap")),
            Map.entry("operations", List.of("sign", "verify", "mac")),
            Map.entry("operation", List.of("sign", "digest", "mac", "encrypt", "random", "jws")),
            Map.entry("format", List.of("der", "raw", "pkcs8", "jwk")),
            Map.entry("state", List.of("enabled", "disabled")),
            Map.entry("subject", List.of("CN=fuzz", "client:fuzz", "fuzz")),
            Map.entry("message", List.of("", "YQ==")),
            Map.entry("digest", List.of("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")),
            Map.entry("plaintext", List.of("", "YQ==")),
            Map.entry("material", List.of("AAECAwQFBgcICQoLDA0ODw==")),
            Map.entry(
                    "algorithm",
                    List.of(
                            "ES256",
                            "PS256",
                            "EdDSA",
                            "A256GCM",
                            "RSA-OAEP",
                            "HS256",
                            "AES-CMAC",
                            "SHA-256",
                            "ECDH-ES")));

    /** Bodies that are right, by operation: what is only nearly right comes further than what is made up. */
    private static final Map<String, String> SEEDS = Map.ofEntries(
            Map.entry(
                    "keysGenerate",
                    "{'type':'AES','size':256,'usage':['encrypt']}|{'type':'EC','curve':'P-256','usage':['sign'],'tags':{'a':'b'}}"
                            + "|{'type':'HMAC','size':256,'usage':['mac'],'extractable':true}|{'type':'EC','curve':'P-256','usage':['derive']}"
                            + "|{'type':'AES','size':256,'usage':['wrap']}|{'type':'OKP','curve':'Ed25519','usage':['sign'],'label':'fuzz'}"),
            Map.entry(
                    "keysImport",
                    "{'format':'raw','material':'AAECAwQFBgcICQoLDA0ODw==','type':'AES','usage':['encrypt']}"),
            Map.entry("keysWrap", "{'wrappingKey':'KEY','algorithm':'A256KW'}"),
            Map.entry(
                    "keysUnwrap",
                    "{'unwrappingKey':'KEY','algorithm':'A256KW','wrapped':'AAECAwQFBgcICQoLDA0ODwABAgMEBQYH','type':'AES','usage':['encrypt']}"),
            Map.entry("keysChange", "{'state':'disabled'}|{'state':'enabled'}|{'label':'fuzz'}|{'tags':{'a':null}}"),
            Map.entry("keysRotate", "{}"),
            Map.entry("keysCsr", "{'subject':'CN=fuzz','subjectAltNames':['dns:example.org'],'algorithm':'ES256'}"),
            Map.entry("keysGrantsPut", "{'grants':[{'subject':'fuzz','operations':['sign']}]}|{'grants':[]}"),
            Map.entry("cryptoSign", "{'key':'KEY','algorithm':'ES256','message':'YQ=='}"),
            Map.entry("cryptoVerify", "{'key':'KEY','algorithm':'ES256','message':'YQ==','signature':'AAAA'}"),
            Map.entry("cryptoEncrypt", "{'key':'KEY','algorithm':'A256GCM','plaintext':'YQ=='}"),
            Map.entry(
                    "cryptoDecrypt",
                    "{'key':'KEY','algorithm':'A256GCM','ciphertext':'YQ==','iv':'AAAAAAAAAAAAAAAA','tag':'AAAAAAAAAAAAAAAAAAAAAA=='}"),
            Map.entry("cryptoMac", "{'key':'KEY','algorithm':'HS256','message':'YQ=='}"),
            Map.entry("cryptoMacVerify", "{'key':'KEY','algorithm':'HS256','message':'YQ==','mac':'AAAA'}"),
            Map.entry("cryptoDatakey", "{'key':'KEY','size':256}"),
            Map.entry("cryptoJws", "{'key':'KEY','payload':{'a':1},'header':{'typ':'JWT'}}"),
            Map.entry("cryptoRandom", "{'length':16}"),
            Map.entry(
                    "cryptoDerive",
                    "{'key':'KEY','algorithm':'ECDH-ES','type':'AES','size':128,'usage':['encrypt'],'publicKey':{'kty':'EC','crv':'P-256',"
                            + "'x':'gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0','y':'SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps'}}"),
            Map.entry(
                    "cryptoBatch",
                    "{'items':[{'slot':5,'operation':'sign','key':'KEY','algorithm':'ES256','message':''},{'slot':5,'operation':'random','length':1}]}"));

    private static final List<Integer> SIZES = List.of(128, 256, 2048);
    private static final List<Integer> NUMBERS = List.of(0, 1, -1, 5, 128, 256, 2048, 65536, Integer.MAX_VALUE);
    private static final int DEPTH = 4;

    private final JsonMapper json = JsonMapper.shared();
    private final Random random;
    private final JsonNode contract;
    private final List<String> keys;

    /** @param keys the ids of keys that are there */
    FuzzValues(Random random, JsonNode contract, List<String> keys) {
        this.random = random;
        this.contract = contract;
        this.keys = keys;
    }

    /** A body as the contract has it, changed now and then; or none at all. */
    String body(JsonNode operation) {
        JsonNode content = operation.path("requestBody").path("content");
        JsonNode schema = content.isEmpty()
                ? json.createObjectNode()
                : content.iterator().next().path("schema");
        String seed = SEEDS.get(operation.path("operationId").asString());
        String body = seed == null || random.nextInt(3) == 0
                ? json.writeValueAsString(value(schema, "", DEPTH))
                : grown(seed.split("\\|", -1));
        return switch (random.nextInt(20)) {
            case 0 -> "";
            case 1 -> body.substring(0, random.nextInt(body.length() + 1));
            case 2 -> changed(body);
            case 3 -> "[" + body + "]";
            default -> body;
        };
    }

    /** A body that is right, but for one field now and then. */
    private String grown(String[] seeds) {
        String right = seeds[random.nextInt(seeds.length)].replace('\'', '"');
        ObjectNode body = (ObjectNode)
                json.readTree(right.replace("KEY", keys.isEmpty() ? "none" : keys.get(random.nextInt(keys.size()))));
        if (!body.isEmpty() && random.nextInt(3) == 0) {
            List<String> names = List.copyOf(body.propertyNames());
            String name = names.get(random.nextInt(names.size()));
            body.set(
                    name,
                    random.nextBoolean() ? anything() : json.getNodeFactory().stringNode(text(name)));
        }
        return json.writeValueAsString(body);
    }

    /** The path with its parameters and some of the query's. */
    String path(String path, JsonNode operation, String slot) {
        String filled = path.replace("{slot}", random.nextInt(30) == 0 ? encoded(text("slot")) : slot)
                .replace("{key}", encoded(text("key")));
        var query = new StringBuilder();
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("in").asString().equals("query") && random.nextInt(3) > 0) {
                String name = parameter.path("name").asString();
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(encoded(text(name)));
            }
        }
        return filled.replaceAll("\\{[^}]*}", encoded(text(""))) + query;
    }

    private JsonNode value(JsonNode given, String name, int depth) {
        JsonNode schema = given.has("$ref") ? resolved(given.path("$ref").asString()) : given;
        if (random.nextInt(60) == 0) {
            return anything();
        }
        return switch (schema.path("type").isArray()
                ? schema.path("type").path(0).asString()
                : schema.path("type").asString("")) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, name, depth);
            case "integer", "number" -> json.getNodeFactory().numberNode(number());
            case "boolean" -> json.getNodeFactory().booleanNode(random.nextBoolean());
            case "string" -> json.getNodeFactory().stringNode(text(name));
            default -> random.nextBoolean() ? anything() : json.getNodeFactory().stringNode(text(name));
        };
    }

    private ObjectNode object(JsonNode schema, int depth) {
        ObjectNode object = json.createObjectNode();
        if (depth > 0) {
            schema.path("properties").properties().forEach(property -> {
                if (random.nextInt(3) > 0) {
                    object.set(property.getKey(), value(property.getValue(), property.getKey(), depth - 1));
                }
            });
        }
        if (schema.has("additionalProperties") && !schema.has("properties")) {
            FITTING.keySet().stream().filter(_ -> random.nextInt(3) == 0).forEach(name -> object.put(name, text(name)));
            object.put("key", text("key"));
            object.put("slot", 5);
        }
        if (random.nextInt(30) == 0) {
            object.put("surprise", 1);
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, String name, int depth) {
        ArrayNode array = json.createArrayNode();
        for (int i = random.nextInt(8) == 0 ? random.nextInt(4) : 1; i > 0; i--) {
            array.add(value(schema.path("items"), name, depth - 1));
        }
        return array;
    }

    private JsonNode resolved(String reference) {
        return contract.at(reference.substring(1));
    }

    private JsonNode anything() {
        return switch (random.nextInt(6)) {
            case 0 -> json.nullNode();
            case 1 -> json.getNodeFactory().numberNode(random.nextDouble());
            case 2 -> json.getNodeFactory().booleanNode(true);
            case 3 -> json.createArrayNode();
            case 4 -> json.createObjectNode();
            default -> json.getNodeFactory().stringNode("\u0000\uD83D\uDE00 \"'\\");
        };
    }

    private int number() {
        List<Integer> numbers = random.nextInt(4) > 0 ? SIZES : NUMBERS;
        return numbers.get(random.nextInt(numbers.size()));
    }

    private String text(String name) {
        List<String> fitting = FITTING.get(name);
        if (fitting != null && random.nextInt(10) > 0) {
            return fitting.get(random.nextInt(fitting.size()));
        }
        return switch (random.nextInt(8)) {
            case 0 -> Base64.getEncoder().encodeToString(bytes(random.nextInt(40)));
            case 1 -> "f" + random.nextInt(1000);
            case 2 -> new String(bytes(random.nextInt(20)), StandardCharsets.ISO_8859_1);
            case 3, 4 -> WORDS.get(random.nextInt(WORDS.size()));
            default ->
                name.toLowerCase(java.util.Locale.ROOT).contains("key") && !keys.isEmpty()
                        ? keys.get(random.nextInt(keys.size()))
                        : WORDS.get(random.nextInt(WORDS.size()));
        };
    }

    private String changed(String body) {
        var changed = new StringBuilder(body);
        changed.setCharAt(random.nextInt(changed.length()), (char) (' ' + random.nextInt(95)));
        return changed.toString();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
