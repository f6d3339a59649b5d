package dev.slotgate.bench.least;

import dev.slotgate.hsm.pkcs11.RawToken;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The calls that the bench makes, with the same bodies. */
@TestComponent
@RestController
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
class LeastController {

    private static final int THREADS = Runtime.getRuntime().availableProcessors();
    /** Of a batch, in one call of a thread. */
    private static final int PORTION = 25;

    private final Supplier<RawToken.Threads> token;
    private final LeastJournal journal;

    LeastController(ObjectProvider<RawToken> token, LeastJournal journal) {
        this.token = SingletonSupplier.of(() -> token.getObject().threads(THREADS));
        this.journal = journal;
    }

    /** Any key that is asked for is there. */
    @GetMapping("/slots/{slot}/keys")
    Keys keys(@RequestParam String label) {
        return new Keys(List.of(new KeyName(label)));
    }

    /** What it costs to be called, and nothing else. */
    @PostMapping("/slots/{slot}/nothing")
    Answer nothing(@RequestBody Use use) {
        return use.answer(new byte[72]);
    }

    @PostMapping({"/slots/{slot}/sign", "/slots/{slot}/encrypt"})
    Answer use(@PathVariable int slot, @RequestBody Use use) throws ExecutionException, InterruptedException {
        byte[] result = token.get().begin(use.use(), 1).get().getFirst();
        journal.record(slot, use).get();
        return use.answer(result);
    }

    @PostMapping("/batch")
    Answers batch(@RequestBody Uses uses) throws ExecutionException, InterruptedException {
        List<Use> items = uses.items();
        var portions = new ArrayList<Future<List<byte[]>>>();
        for (int from = 0; from < items.size(); from += PORTION) {
            portions.add(token.get().begin(items.getFirst().use(), Math.min(PORTION, items.size() - from)));
        }
        var answers = new ArrayList<Answered>();
        Future<?> last = null;
        for (Future<List<byte[]>> portion : portions) {
            for (byte[] result : portion.get()) {
                Use use = items.get(answers.size());
                last = journal.record(0, use);
                answers.add(new Answered(200, use.answer(result)));
            }
        }
        if (last != null) {
            last.get();
        }
        return new Answers(answers);
    }

    /** @param digest or {@code plaintext}, in Base64; what is used in its place is as long */
    record Use(String key, String algorithm, byte @Nullable [] digest, byte @Nullable [] plaintext) {

        RawToken.Use use() {
            return RawToken.Use.valueOf(algorithm);
        }

        Answer answer(byte[] result) {
            return new Answer(key, algorithm, result);
        }
    }

    record Answer(String key, String algorithm, byte[] result) {}

    record Uses(List<Use> items) {}

    record Answered(int status, Answer body) {}

    record Answers(List<Answered> items) {}

    record Keys(List<KeyName> items) {}

    record KeyName(String id) {}
}
