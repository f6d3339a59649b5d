package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** HTTP clients of one slot, which sign and make keys until the gateway does not answer any more. */
final class SlotClients {

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final String KEY = "{'type':'EC','curve':'P-256','usage':['sign']}";
    private static final byte[] MESSAGE = {0, 0, 0};

    private final Gateway callers;
    private final int slot;
    private final Made signing;
    private final PublicKey publicKey;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Made> made = new ConcurrentLinkedQueue<>();
    private final Queue<byte[]> signatures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Queue<Throwable> surprises = new ConcurrentLinkedQueue<>();

    private SlotClients(Gateway callers, int slot) throws Exception {
        this.callers = callers;
        this.slot = slot;
        this.signing = make();
        this.publicKey = publicKey();
    }

    /** One of them makes keys, the others sign. */
    static SlotClients start(Gateway callers, int slot, int clients) throws Exception {
        var all = new SlotClients(callers, slot);
        all.run(() -> all.made.add(all.make()));
        for (int i = 1; i < clients; i++) {
            all.run(() -> all.signatures.add(all.sign()));
        }
        return all;
    }

    /** Waits for all of them to end. */
    void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** What ended a client and should not have: an answer that is neither right nor says that the gateway stops. */
    List<Throwable> surprises() {
        return List.copyOf(surprises);
    }

    /** The keys whose making was answered. */
    List<Made> made() {
        return List.copyOf(made);
    }

    /** How many signatures were answered; all of them are right. */
    int verifiedSignatures() throws GeneralSecurityException {
        for (byte[] signature : signatures) {
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(publicKey);
            verifier.update(MESSAGE);
            assertThat(verifier.verify(signature)).isTrue();
        }
        return signatures.size();
    }

    int unanswered() {
        return unanswered.get();
    }

    private void run(Call call) {
        threads.add(Thread.ofPlatform().start(() -> callUntilItStops(call)));
    }

    private void callUntilItStops(Call call) {
        try {
            while (true) {
                call.make();
            }
        } catch (IOException e) {
            unanswered.incrementAndGet();
        } catch (Stopping e) {
            // It said so, which is an answer too.
        } catch (Throwable e) {
            surprises.add(e);
        }
    }

    private Made make() throws Exception {
        Gateway.Answer answer = expect(CREATED, callers.post("/slots/" + slot + "/keys", KEY));
        return new Made(slot, answer.json().path("id").asString());
    }

    private byte[] sign() throws Exception {
        String order = "{'key':'%s','algorithm':'ES256','message':'AAAA'}".formatted(signing.id());
        Gateway.Answer answer = expect(OK, callers.post("/slots/" + slot + "/sign", order));
        return Base64.getDecoder().decode(answer.json().path("signature").asString());
    }

    private PublicKey publicKey() throws Exception {
        Gateway.Answer answer = expect(OK, callers.get("/slots/" + slot + "/keys/" + signing.id() + "/public"));
        String pem = answer.text().replaceAll("-----.*-----|\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(pem)));
    }

    private static Gateway.Answer expect(int status, Gateway.Answer answer) throws Stopping {
        if (answer.status() == 503) {
            throw new Stopping();
        }
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer;
    }

    /** A key that was answered. */
    record Made(int slot, String id) {}

    private interface Call {
        void make() throws Exception;
    }

    /** The gateway takes no more work. */
    private static final class Stopping extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
