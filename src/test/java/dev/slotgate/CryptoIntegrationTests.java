package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The use of keys over REST, but for signatures alone. */
class CryptoIntegrationTests extends AgainstTrialGateway {

    private static final String SLOT = "/slots/8";
    private static final byte[] TEXT = "some text".getBytes(StandardCharsets.UTF_8);
    /** The beginning of a derivation, with Bob's key of RFC 7518 appendix C. */
    private static final String PEER = "'key':'KEY','algorithm':'ECDH-ES','publicKey':{'kty':'EC','crv':'P-256',"
            + "'x':'weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ','y':'e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck'}";

    private static final String MESSAGE = Base64.getEncoder().encodeToString(TEXT);

    @ParameterizedTest
    @CsvSource({"128, ''", "192, 'YWFk'", "256, 'YWFk'"})
    void whatAnAesKeyEncryptedItDecrypts(int size, String aad) throws Exception {
        String key = make("{'type':'AES','size':%d,'usage':['encrypt']}".formatted(size));
        String more = aad.isEmpty() ? "" : ",'aad':'" + aad + "'";
        for (String plaintext : new String[] {MESSAGE, ""}) {
            JsonNode sealed = post(
                    200,
                    "/encrypt",
                    "{'key':'%s','algorithm':'A%dGCM','plaintext':'%s'%s}".formatted(key, size, plaintext, more));
            assertThat(Base64.getDecoder().decode(sealed.path("iv").asString())).hasSize(12);
            assertThat(Base64.getDecoder().decode(sealed.path("tag").asString()))
                    .hasSize(16);
            JsonNode opened = post(
                    200,
                    "/decrypt",
                    "{'key':'%s','algorithm':'A%dGCM','ciphertext':'%s','iv':'%s','tag':'%s'%s}"
                            .formatted(
                                    key,
                                    size,
                                    sealed.path("ciphertext").asString(),
                                    sealed.path("iv").asString(),
                                    sealed.path("tag").asString(),
                                    more));
            assertThat(opened.path("plaintext").asString()).isEqualTo(plaintext);
            assertThat(opened.path("key").asString()).isEqualTo(key);
        }
    }

    @ParameterizedTest
    @CsvSource({"RSA-OAEP, ''", "RSA-OAEP, bGFiZWw=", "RSA-OAEP-256, ''", "RSA-OAEP-256, bGFiZWw="})
    void whatAPublicKeyEncryptedThePrivateOneDecrypts(String algorithm, String label) throws Exception {
        String key = make("{'type':'RSA','size':2048,'usage':['decrypt']}");
        String more = label.isEmpty() ? "" : ",'label':'" + label + "'";
        for (String plaintext : new String[] {MESSAGE, ""}) {
            JsonNode sealed = post(
                    200,
                    "/encrypt",
                    "{'key':'%s','algorithm':'%s','plaintext':'%s'%s}".formatted(key, algorithm, plaintext, more));
            assertThat(sealed.has("iv")).isFalse();
            assertThat(post(
                                    200,
                                    "/decrypt",
                                    "{'key':'%s','algorithm':'%s','ciphertext':'%s'%s}"
                                            .formatted(
                                                    key,
                                                    algorithm,
                                                    sealed.path("ciphertext").asString(),
                                                    more))
                            .path("plaintext")
                            .asString())
                    .isEqualTo(plaintext);
        }
        assertThat(post(
                                400,
                                "/encrypt",
                                "{'key':'%s','algorithm':'%s','plaintext':'%s'}"
                                        .formatted(
                                                key,
                                                algorithm,
                                                Base64.getEncoder().encodeToString(new byte[215])))
                        .path("field")
                        .asString())
                .isEqualTo("plaintext");
    }

    @ParameterizedTest
    @CsvSource({"HMAC, 256, HS256, 32", "HMAC, 384, HS384, 48", "HMAC, 512, HS512, 64", "AES, 128, AES-CMAC, 16"})
    void aMacIsComparedAtFullLength(String type, int size, String algorithm, int length) throws Exception {
        String key = make("{'type':'%s','size':%d,'usage':['mac']}".formatted(type, size));
        for (String message : new String[] {MESSAGE, ""}) {
            byte[] mac = Base64.getDecoder()
                    .decode(post(
                                    200,
                                    "/mac",
                                    "{'key':'%s','algorithm':'%s','message':'%s'}".formatted(key, algorithm, message))
                            .path("mac")
                            .asString());
            assertThat(mac).hasSize(length);
            assertThat(isMac(key, algorithm, message, mac)).isTrue();
            assertThat(isMac(key, algorithm, message, Arrays.copyOf(mac, length - 1)))
                    .isFalse();
            mac[0] ^= 1;
            assertThat(isMac(key, algorithm, message, mac)).isFalse();
        }
    }

    private boolean isMac(String key, String algorithm, String message, byte[] mac) throws Exception {
        return post(
                        200,
                        "/mac/verify",
                        "{'key':'%s','algorithm':'%s','message':'%s','mac':'%s'}"
                                .formatted(
                                        key,
                                        algorithm,
                                        message,
                                        Base64.getEncoder().encodeToString(mac)))
                .path("valid")
                .asBoolean();
    }

    @Test
    void digestsAndRandomNumbersNeedNoKey() throws Exception {
        for (String hash : new String[] {"SHA-256", "SHA-384", "SHA-512"}) {
            assertThat(post(200, "/digest", "{'algorithm':'%s','message':'%s'}".formatted(hash, MESSAGE))
                            .path("digest")
                            .asString())
                    .isEqualTo(Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance(hash).digest(TEXT)));
        }
        String one = post(200, "/random", "{'length':65536}").path("random").asString();
        assertThat(Base64.getDecoder().decode(one)).hasSize(65536);
        assertThat(post(200, "/random", "{'length':32}").path("random").asString())
                .isNotEqualTo(
                        post(200, "/random", "{'length':32}").path("random").asString());
        for (String length : new String[] {"0", "65537", "-1"}) {
            assertThat(post(400, "/random", "{'length':%s}".formatted(length))
                            .path("field")
                            .asString())
                    .isEqualTo("length");
        }
    }

    @Test
    void aDataKeyIsOpenedAgain() throws Exception {
        String key = make("{'type':'AES','size':256,'usage':['encrypt']}");
        JsonNode made = post(200, "/datakey", "{'key':'%s','size':256}".formatted(key));
        assertThat(Base64.getDecoder().decode(made.path("plaintext").asString()))
                .hasSize(32);
        assertThat(post(
                                200,
                                "/decrypt",
                                "{'key':'%s','algorithm':'%s','ciphertext':'%s','iv':'%s','tag':'%s'}"
                                        .formatted(
                                                key,
                                                made.path("algorithm").asString(),
                                                made.path("ciphertext").asString(),
                                                made.path("iv").asString(),
                                                made.path("tag").asString()))
                        .path("plaintext")
                        .asString())
                .isEqualTo(made.path("plaintext").asString());
        assertThat(post(200, "/datakey", "{'key':'%s','size':128,'plaintext':false}".formatted(key))
                        .has("plaintext"))
                .isFalse();
    }

    @Test
    void aJwsIsVerifiedByAPublicLibrary() throws Exception {
        String ec = make("{'type':'EC','curve':'P-256','usage':['sign']}");
        String rsa = make("{'type':'RSA','size':2048,'usage':['sign'],'algorithms':['RS256']}");
        JWSObject ofEc = JWSObject.parse(
                post(200, "/jws", "{'key':'%s','payload':{'sub':'me','n':1.10},'header':{'typ':'JWT'}}".formatted(ec))
                        .path("jws")
                        .asString());
        assertThat(ofEc.verify(new ECDSAVerifier(ECKey.parse(jwk(ec))))).isTrue();
        assertThat(ofEc.getHeader().getKeyID()).isEqualTo(ec);
        assertThat(ofEc.getPayload().toString()).isEqualTo("{\"sub\":\"me\",\"n\":1.10}");
        JWSObject ofRsa = JWSObject.parse(post(200, "/jws", "{'key':'%s','payload':'%s'}".formatted(rsa, MESSAGE))
                .path("jws")
                .asString());
        assertThat(ofRsa.verify(new RSASSAVerifier(RSAKey.parse(jwk(rsa))))).isTrue();
        assertThat(ofRsa.getHeader().getAlgorithm().getName()).isEqualTo("RS256");
        assertThat(ofRsa.getPayload().toBytes()).isEqualTo(TEXT);
        for (String name : new String[] {"alg", "kid", "jku", "jwk", "x5u", "x5c", "crit", "b64"}) {
            assertThat(post(400, "/jws", "{'key':'%s','payload':{},'header':{'%s':'x'}}".formatted(ec, name))
                            .path("field")
                            .asString())
                    .isEqualTo("header." + name);
        }
    }

    private String jwk(String key) throws Exception {
        return admin.get(SLOT + "/keys/" + key + "/public", "Accept", "application/jwk+json")
                .text();
    }

    /** RFC 7518 appendix C. */
    @Test
    void theExampleOfTheStandardIsDerived() throws Exception {
        String alice = admin.post(
                        SLOT + "/keys/import",
                        "{'format':'jwk','type':'EC','usage':['derive'],'material':{'kty':'EC','crv':'P-256',"
                                + "'x':'gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0',"
                                + "'y':'SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps',"
                                + "'d':'0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo'}}")
                .json()
                .path("id")
                .asString();
        JsonNode derived = post(
                201,
                "/derive",
                ("{'key':'%s','algorithm':'ECDH-ES','type':'AES','size':128,'usage':['encrypt'],'enc':'A128GCM',"
                                + "'apu':'QWxpY2U=','apv':'Qm9i','publicKey':{'kty':'EC','crv':'P-256',"
                                + "'x':'weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ',"
                                + "'y':'e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck'}}")
                        .formatted(alice));
        assertThat(derived.path("attributes").path("local").asBoolean()).isFalse();
        // The key VqqN6vgjbSBcIijNcacQGg of the standard decrypts this: its GCM of nothing under an IV of zeros.
        String expected =
                Base64.getEncoder().encodeToString(gcmTag(Base64.getUrlDecoder().decode("VqqN6vgjbSBcIijNcacQGg")));
        post(
                200,
                "/decrypt",
                "{'key':'%s','algorithm':'A128GCM','ciphertext':'','iv':'AAAAAAAAAAAAAAAA','tag':'%s'}"
                        .formatted(derived.path("id").asString(), expected));
    }

    private static byte[] gcmTag(byte[] key) throws Exception {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, new byte[12]));
        return cipher.doFinal();
    }

    @Test
    void theItemsOfABatchAreCallsOfTheirOwn() throws Exception {
        String key = make("{'type':'EC','curve':'P-256','usage':['sign']}");
        JsonNode items = batch(
                admin,
                "{'slot':8,'operation':'sign','reference':'a','key':'%s','algorithm':'ES256','message':'%s'}"
                        .formatted(key, MESSAGE),
                "{'slot':8,'operation':'nonsense','reference':'b'}",
                "{'slot':8,'operation':'digest','reference':'c','algorithm':'SHA-256','message':'%s','more':1}"
                        .formatted(MESSAGE),
                "{'slot':99,'operation':'random','length':1}",
                "{'slot':8,'operation':'digest','reference':'e','algorithm':'SHA-256','message':'%s'}"
                        .formatted(MESSAGE));
        assertThat(IntStream.range(0, 5).map(i -> items.path(i).path("status").asInt()))
                .containsExactly(200, 400, 400, 404, 200);
        assertThat(items.path(0).path("reference").asString()).isEqualTo("a");
        assertThat(items.path(0).path("body").path("signature").asString()).isNotEmpty();
        assertThat(items.path(1).path("body").path("field").asString()).isEqualTo("operation");
        assertThat(items.path(2).path("body").path("detail").asString()).startsWith("more:");
        assertThat(items.path(3).has("reference")).isFalse();

        JsonNode narrow = batch(
                admin.as("crypto.public", "8"),
                "{'slot':8,'operation':'sign','key':'%s','algorithm':'ES256','message':''}".formatted(key),
                "{'slot':7,'operation':'random','length':1}",
                "{'slot':8,'operation':'random','length':1}");
        assertThat(IntStream.range(0, 3).map(i -> narrow.path(i).path("status").asInt()))
                .containsExactly(403, 404, 200);
        assertThat(admin.post("/batch", "{'items':[%s]}".formatted("{},".repeat(1000) + "{}"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aReferenceThatCannotBeWrittenSpoilsItsItemAlone() throws Exception {
        JsonNode items = batch(
                admin,
                "{'slot':8,'operation':'random','length':1,'reference':'\\ud800x'}",
                "{'slot':8,'operation':'random','length':1,'reference':null}",
                "{'slot':8,'operation':'digest','algorithm':'SHA-256','message':'%s'}"
                        .formatted(Base64.getEncoder().encodeToString(new byte[1 << 20])));
        assertThat(IntStream.range(0, 3).map(i -> items.path(i).path("status").asInt()))
                .containsExactly(400, 200, 413);
    }

    /** The first of the key's own algorithms, in its owner's order. */
    @Test
    void aJwsIsMadeWithTheAlgorithmThatTheOwnerPutFirst() throws Exception {
        String key = make("{'type':'RSA','size':2048,'usage':['sign'],'algorithms':['PS512','RS256']}");
        assertThat(JWSObject.parse(post(200, "/jws", "{'key':'%s','payload':{}}".formatted(key))
                                .path("jws")
                                .asString())
                        .getHeader()
                        .getAlgorithm()
                        .getName())
                .isEqualTo("PS512");
    }

    private JsonNode batch(Gateway caller, String... items) throws Exception {
        Gateway.Answer answer = caller.post("/batch", "{'items':[%s]}".formatted(String.join(",", items)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("items");
    }

    @Test
    void aStreamIsHashedAsItArrives() throws Exception {
        String key = make("{'type':'EC','curve':'P-256','usage':['sign']}");
        byte[] body = new byte[3 << 20];
        Arrays.fill(body, (byte) 7);
        String digest = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(body));
        JsonNode signed = stream(200, "/sign?algorithm=ES256&key=" + key, body);
        assertThat(signed.path("digest").asString()).isEqualTo(digest);
        String signature = Base64.getUrlEncoder()
                .encodeToString(
                        Base64.getDecoder().decode(signed.path("signature").asString()));
        assertThat(stream(200, "/verify?algorithm=ES256&key=" + key + "&signature=" + signature, body)
                        .path("valid")
                        .asBoolean())
                .isTrue();
        assertThat(stream(200, "/digest?algorithm=SHA-256", body).path("digest").asString())
                .isEqualTo(digest);
        assertThat(stream(400, "/sign?algorithm=ES256&digest=AAAA&key=" + key, body)
                        .path("field")
                        .asString())
                .isEqualTo("digest");
        assertThat(stream(400, "/sign?algorithm=ES256", body).path("field").asString())
                .isEqualTo("key");
        assertThat(stream(400, "/sign?key=" + key, body).path("field").asString())
                .isEqualTo("algorithm");
        assertThat(stream(400, "/sign?algorithm=ES256&format=hex&key=" + key, body)
                        .path("field")
                        .asString())
                .isEqualTo("format");
        assertThat(stream(400, "/verify?algorithm=ES256&signature=AB&key=" + key, body)
                        .path("field")
                        .asString())
                .isEqualTo("signature");
        assertThat(stream(400, "/digest", body).path("field").asString()).isEqualTo("algorithm");
        String ed = make("{'type':'OKP','curve':'Ed25519','usage':['sign']}");
        assertThat(stream(413, "/sign?algorithm=EdDSA&key=" + ed, body)
                        .path("code")
                        .asString())
                .isEqualTo("too-large");
        assertThat(stream(200, "/sign?algorithm=EdDSA&key=" + ed, TEXT)
                        .path("signature")
                        .asString())
                .isNotEmpty();
    }

    @Test
    void aMacOfABodyIsThatOfTheMessage() throws Exception {
        String key = make("{'type':'HMAC','size':256,'usage':['mac']}");
        assertThat(stream(200, "/mac?algorithm=HS256&key=" + key, TEXT)
                        .path("mac")
                        .asString())
                .isEqualTo(post(200, "/mac", "{'key':'%s','algorithm':'HS256','message':'%s'}".formatted(key, MESSAGE))
                        .path("mac")
                        .asString());
    }

    private JsonNode stream(int status, String path, byte[] body) throws Exception {
        Gateway.Answer answer = admin.send(admin.request(SLOT + path, "Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json();
    }

    @Test
    void aBodyThatWasChangedOnItsWayIsRefused() throws Exception {
        String body = "{\"length\":4}";
        String right = "sha-256=:"
                + Base64.getEncoder()
                        .encodeToString(
                                MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)))
                + ":";
        Gateway.Answer answer = admin.post(
                SLOT + "/random", body, "Content-Digest", right, "Want-Content-Digest", "sha-512=3, sha-256=1");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Digest"))
                .isEqualTo("sha-512=:"
                        + Base64.getEncoder()
                                .encodeToString(
                                        MessageDigest.getInstance("SHA-512").digest(answer.bytes()))
                        + ":");
        Gateway.Answer stream = admin.send(admin.request(
                        SLOT + "/digest?algorithm=SHA-256",
                        "Content-Type",
                        "application/octet-stream",
                        "Content-Digest",
                        right)
                .POST(HttpRequest.BodyPublishers.ofString(body + " ")));
        assertThat(stream.status()).isEqualTo(400);
        assertThat(stream.json().path("code").asString()).isEqualTo("content-digest-mismatch");
        Gateway.Answer changed = admin.post(SLOT + "/random", "{\"length\":5}", "Content-Digest", right);
        assertThat(changed.status()).isEqualTo(400);
        assertThat(changed.json().path("code").asString()).isEqualTo("content-digest-mismatch");
        for (String malformed : new String[] {"sha-256=abc", "md5=:AAAA:", "sha-256"}) {
            assertThat(admin.post(SLOT + "/random", body, "Content-Digest", malformed)
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void theMechanismsTellWhatTheTokenCanDo() throws Exception {
        JsonNode told = admin.get(SLOT + "/mechanisms").json();
        JsonNode ecdsa = Stream.of(told.path("mechanisms").iterator())
                .flatMap(all -> {
                    var list = new ArrayList<JsonNode>();
                    all.forEachRemaining(list::add);
                    return list.stream();
                })
                .filter(each -> each.path("name").asString().equals("CKM_ECDSA"))
                .findFirst()
                .orElseThrow();
        assertThat(ecdsa.path("code").asInt()).isEqualTo(4161);
        assertThat(ecdsa.path("flags").toString()).contains("\"sign\"", "\"verify\"");
        assertThat(support(told, "ES256")).isEqualTo("{\"sign\":\"native\",\"verify\":\"native\"}");
        assertThat(support(told, "RSA-OAEP-256"))
                .isEqualTo(
                        "{\"encrypt\":\"native\",\"decrypt\":\"completed\",\"wrap\":\"unavailable\",\"unwrap\":\"unavailable\"}");
        assertThat(support(told, "ECDH-ES")).isEqualTo("{\"derive\":\"completed\"}");
    }

    private static String support(JsonNode told, String algorithm) {
        for (JsonNode each : told.path("algorithms")) {
            if (each.path("name").asString().equals(algorithm)) {
                return each.path("operations").toString();
            }
        }
        return "";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/encrypt {'key':'KEY','algorithm':'A256GCM','plaintext':'','iv':'AAAAAAAAAAAAAAAA'} 400 iv",
                "/encrypt {'key':'KEY','algorithm':'A256GCM'} 400 plaintext",
                "/encrypt {'key':'KEY','algorithm':'A128GCM','plaintext':''} 422 algorithm",
                "/encrypt {'key':'KEY','algorithm':'A256CBC','plaintext':''} 400 algorithm",
                "/encrypt {'key':'KEY','algorithm':'A256GCM','plaintext':'','label':''} 400 label",
                "/encrypt {'algorithm':'A256GCM','plaintext':''} 400 key",
                "/decrypt {'key':'KEY','algorithm':'A256GCM','ciphertext':''} 400 iv",
                "/decrypt {'key':'KEY','algorithm':'A256GCM','ciphertext':'','iv':'AAAA','tag':''} 400 iv",
                "/decrypt {'key':'KEY','algorithm':'A256GCM','ciphertext':'','iv':'AAAAAAAAAAAAAAAA','tag':'AAAA'} 400 tag",
                "/decrypt {'key':'KEY','algorithm':'RSA-OAEP','ciphertext':'','iv':'AAAAAAAAAAAAAAAA'} 400 iv",
                "/decrypt {'key':'KEY','algorithm':'RSA-OAEP','ciphertext':''} 422 key",
                "/mac {'key':'KEY','algorithm':'HS256','message':''} 422 key",
                "/mac {'key':'KEY','algorithm':'MD5','message':''} 400 algorithm",
                "/mac {'key':'KEY','algorithm':'HS256'} 400 message",
                "/mac/verify {'key':'KEY','algorithm':'HS256','message':''} 400 mac",
                "/mac {'key':'\\ud800','algorithm':'HS256','message':''} 400 key",
                "/verify {'algorithm':'ES256','message':'','signature':''} 400 key",
                "/verify {'key':'KEY','message':'','signature':''} 400 algorithm",
                "/verify {'key':'KEY','algorithm':'ES256','message':''} 400 signature",
                "/digest {'algorithm':'SHA-1','message':''} 400 algorithm",
                "/digest {'algorithm':'SHA-256'} 400 message",
                "/random {} 400 length",
                "/random {'length':'1'} 400 length",
                "/datakey {'key':'KEY','size':100} 400 size",
                "/datakey {'key':'KEY','size':256,'plaintext':'no'} 400 plaintext",
                "/jws {'key':'KEY','payload':{}} 422 key",
                "/jws {'key':'KEY','payload':[]} 400 payload",
                "/jws {'key':'KEY','payload':'AA'} 400 payload",
                "/derive {'key':'KEY','algorithm':'ECDH'} 400 algorithm",
                "/jws {'key':'KEY','payload':{},'header':[]} 400 header",
                "/encrypt {'key':'KEY','algorithm':'A256GCM','plaintext':'','aad':7} 400 aad",
                "/decrypt {'key':'KEY','algorithm':'A256GCM','ciphertext':'','iv':'AAAAAAAAAAAAAAAA','tag':'','aad':'%'} 400 aad",
                "/derive {'key':'KEY','algorithm':'ECDH'} 400 algorithm",
                "/derive {'key':'KEY','algorithm':'ECDH-ES'} 400 publicKey",
                "/derive {PEER,'type':'EC','size':256,'usage':['mac']} 400 type",
                "/derive {PEER,'type':'AES','size':100,'usage':['mac']} 400 size",
                "/derive {PEER,'type':'AES','usage':['mac']} 400 size",
                "/derive {PEER,'type':'AES','size':256} 400 usage",
                "/derive {PEER,'type':'AES','size':256,'usage':['sign']} 400 usage",
                "/derive {PEER,'type':'AES','size':256,'usage':['mac'],'label':''} 400 label",
                "/derive {PEER,'type':'AES','size':256,'usage':['mac'],'enc':1} 400 enc",
                "/derive {PEER,'type':'AES','size':256,'usage':['mac'],'apu':'%'} 400 apu",
                "/derive {PEER,'type':'AES','size':256,'usage':['mac'],'apv':'%'} 400 apv",
            })
    void badInputIsNamed(String row) throws Exception {
        String key = make("{'type':'AES','size':256,'usage':['encrypt']}");
        String[] parts = row.split(" ", -1);
        JsonNode problem = post(
                Integer.parseInt(parts[2]),
                parts[0],
                parts[1].replace("PEER", PEER).replace("KEY", key));
        String named = problem.path("field").asString("");
        assertThat(named.isEmpty() ? problem.path("detail").asString() : named).startsWith(parts[3]);
    }

    /** In this order, whether the call chooses the algorithm or its caller. */
    @Test
    void aKeyThatIsDisabledIsToldBeforeWhatItIsFor() throws Exception {
        String key = make("{'type':'RSA','size':2048,'usage':['decrypt']}");
        admin.patch(SLOT + "/keys/" + key, "{'state':'disabled'}");
        String use = "{'key':'%s',".formatted(key);
        for (String[] call : new String[][] {
            {"/jws", "'payload':{}}"},
            {"/datakey", "'size':256}"},
            {"/sign", "'algorithm':'RS256','message':''}"},
            {"/encrypt", "'algorithm':'A256GCM','plaintext':''}"},
        }) {
            assertThat(post(409, call[0], use + call[1]).path("code").asString())
                    .as(call[0])
                    .isEqualTo("key-disabled");
        }
    }

    @Test
    void whoMayNotIsToldBeforeWhatIsTooLong() throws Exception {
        JsonNode items = batch(
                admin.as("crypto.public", "8"),
                "{'slot':8,'operation':'sign','key':'x','algorithm':'ES256','message':'%s'}"
                        .formatted("a".repeat((1 << 20) + 1)));
        assertThat(items.path(0).path("status").asInt()).isEqualTo(403);
    }

    @Test
    void encryptionNeedsTheScopeOfItsKind() throws Exception {
        String aes = make("{'type':'AES','size':256,'usage':['encrypt']}");
        String rsa = make("{'type':'RSA','size':2048,'usage':['decrypt']}");
        String ofAes = "{'key':'%s','algorithm':'A256GCM','plaintext':''}".formatted(aes);
        String ofRsa = "{'key':'%s','algorithm':'RSA-OAEP','plaintext':''}".formatted(rsa);
        Gateway open = admin.as("crypto.public", "8");
        Gateway user = admin.as("crypto.use", "8");
        assertThat(open.post(SLOT + "/encrypt", ofAes).status()).isEqualTo(403);
        assertThat(open.post(SLOT + "/encrypt", ofRsa).status()).isEqualTo(200);
        assertThat(user.post(SLOT + "/encrypt", ofAes).status()).isEqualTo(200);
        assertThat(user.post(SLOT + "/encrypt", ofRsa).status()).isEqualTo(403);
    }

    private String make(String key) throws Exception {
        return post(201, "/keys", key).path("id").asString();
    }

    private JsonNode post(int status, String path, String json) throws Exception {
        Gateway.Answer answer = admin.post(SLOT + path, json);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer.json();
    }
}
