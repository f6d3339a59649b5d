package dev.slotgate.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/** A journal in a folder, with a key for its checkpoints that is on no token. */
public final class TestJournal {

    public static final String INSTANCE = "0123456789abcdef";

    private static final KeyPair KEY = keyPair();

    private final JournalHome home;
    private final AuditSettings settings;
    private AuditJournal journal;

    public TestJournal(Path folder) {
        this(folder, 1 << 20);
    }

    TestJournal(Path folder, long segmentBytes) {
        home = new JournalHome(folder.resolve("journal"), INSTANCE, folder.resolve("keys.pem"));
        settings = new AuditSettings(
                DataSize.ofBytes(segmentBytes),
                DataSize.ofKilobytes(64),
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                1,
                AuditSettings.Output.NONE);
        journal = open();
    }

    /** When its first record is on the disk nothing is under way that would be in the way of whoever deletes the folder. */
    private AuditJournal open() {
        long before =
                JournalFile.open(home, settings.segmentSize().toBytes()).tip().sequence();
        AuditJournal opened = AuditJournal.open(home, settings, InstantSource.system());
        while (opened.tip().sequence() == before) {
            Thread.onSpinWait();
        }
        return opened;
    }

    public AuditJournal journal() {
        return journal;
    }

    JournalHome home() {
        return home;
    }

    /** A call, and then it is on the disk. */
    public void call(String requestId) {
        journal.record(trail(requestId).finish(200));
    }

    static AuditTrail trail(String requestId) {
        var trail = new AuditTrail(requestId, "127.0.0.1");
        trail.by("me", "billing", List.of("crypto.use"), "token-1");
        trail.action("crypto.sign");
        trail.slot("0");
        return trail;
    }

    Checkpoints checkpoints() {
        return new Checkpoints(home, journal, key(), settings, InstantSource.system());
    }

    static CheckpointKey key() {
        return new CheckpointKey() {
            @Override
            public byte[] sign(byte[] digest) {
                try {
                    Signature signature = Signature.getInstance("NONEwithECDSAinP1363Format");
                    signature.initSign(KEY.getPrivate());
                    signature.update(digest);
                    return signature.sign();
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public PublicKey publicKey() {
                return KEY.getPublic();
            }
        };
    }

    void restart() {
        journal.close();
        journal = open();
    }

    public Verdict verdict() {
        try {
            return JournalVerification.offline(home.folder(), List.of(KEY.getPublic()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every line, over all files. */
    public List<String> lines() {
        try {
            return Segments.in(home.folder()).stream()
                    .flatMap(TestJournal::lines)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path segment) {
        try {
            return Files.readAllLines(segment).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
