package dev.slotgate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Frames that are changed at random: whatever comes is answered or ends its connection, and concerns no other. */
class RemoteFramesCampaignIntegrationTests extends AgainstTrialGateway {

    private static final long SEED = 20_261_126;
    private static final String PIN = "98765432";

    /** C_Initialize with another word than the protocol's is CKR_GENERAL_ERROR, which no client gets otherwise. */
    private static final int INITIALIZE = 1;

    private static final long INTERNAL_ERROR = 5;

    private final Random random = new Random(SEED);

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void mutatedFramesHarmNobody() throws Exception {
        admin.post("/slots/4/keys", "{'type':'EC','curve':'P-256','label':'frames','usage':['sign']}");
        List<byte[]> bodies = bodies();
        int frames = Campaign.count(100_000);
        int ended = 0;
        long memory = 0;
        try (var witness = new RemoteClient(data)) {
            long session = witness.session(4, PIN);
            RemoteClient victim = fresh();
            for (int i = 0; i < frames; i++) {
                if (!isAnswered(victim, mutated(bodies.get(random.nextInt(bodies.size()))))) {
                    victim.close();
                    victim = fresh();
                    ended++;
                }
                if (i % 100 == 0) {
                    byte[] info = witness.call(RemoteClient.body(13, "u").putLong(session));
                    assertThat(RemoteClient.number(info, 1)).isEqualTo(3);
                }
                if (i == frames / 10) {
                    memory = used();
                }
            }
            victim.close();
        }
        long grown = (used() - memory) >> 20;
        Campaign.report(
                "remote-frames",
                frames + " frames, " + ended + " ended their connection, heap grew by " + grown + " MiB");
        assertThat(grown).isLessThan(64);
        assertThat(admin.get("/slots/4").json().path("sessions").path("inUse").asInt())
                .isZero();
        assertThat(admin.get("/slots/4/keys?label=frames").json().path("items").size())
                .isEqualTo(1);
    }

    private RemoteClient fresh() throws IOException {
        // Each version writes mechanisms and queries in another way.
        var client = new RemoteClient(data, random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0);
        client.session(4, PIN);
        return client;
    }

    /** One whose head says another length may have the server wait for more: it gets what ends every connection. */
    private static boolean isAnswered(RemoteClient client, byte[] frame) {
        try {
            client.send(frame);
            boolean whole = ByteBuffer.wrap(frame).getInt(8) == frame.length - 12
                    && ByteBuffer.wrap(frame).getInt(4) == 0
                    && ByteBuffer.wrap(frame).getInt(0) != 0;
            if (!whole) {
                return false;
            }
            long code = RemoteClient.returnCode(client.answer());
            if (ByteBuffer.wrap(frame).getInt(12) != INITIALIZE) {
                assertThat(code).isNotEqualTo(INTERNAL_ERROR);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private byte[] mutated(byte[] body) {
        ByteBuffer frame = ByteBuffer.allocate(12 + body.length);
        frame.putInt(0x77).putInt(0).putInt(body.length).put(body);
        byte[] bytes = frame.array();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            // The head seldom: what it says of the length decides over all that follows.
            int from = random.nextInt(10) == 0 ? 0 : 12;
            bytes[from + random.nextInt(bytes.length - from)] = value();
        }
        return bytes;
    }

    private byte value() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> (byte) 0xff;
            case 2 -> 0x7f;
            default -> (byte) random.nextInt(256);
        };
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** One call of each shape; none of those that change a token for good. */
    private static List<byte[]> bodies() {
        var bodies = new ArrayList<byte[]>();
        bodies.add(RemoteClient.bytes(RemoteClient.initialize()));
        bodies.add(RemoteClient.hex("00000004 00000003 796675 00 00000004"));
        bodies.add(RemoteClient.hex("00000006 00000001 75 0000000000000004"));
        bodies.add(RemoteClient.hex("00000007 00000003 756675 0000000000000004 00000040"));
        bodies.add(RemoteClient.hex("0000000a 00000002 7575 0000000000000004 0000000000000006"));
        bodies.add(RemoteClient.hex("0000000d 00000001 75 0000000000000001"));
        bodies.add(RemoteClient.hex("0000001a 00000003 756141 0000000000000001 00000003"
                + "00000000 01 00000008 0000000000000003 00000102 01 00000001 00000001 02"
                + "40000211 01 00000018 00000001 00000001 01 00000001 01"));
        bodies.add(RemoteClient.hex("0000001b 00000003 756675 0000000000000001 00000001"));
        bodies.add(RemoteClient.hex("0000001c 00000001 75 0000000000000001"));
        bodies.add(RemoteClient.hex("00000018 00000004 75756641 0000000000000001 0000000000000002 00000002"
                + "00000202 00000001 00000102 00000010"));
        bodies.add(RemoteClient.hex("0000002a 00000003 754d75 0000000000000001 00001041 ffffffff 0000000000000002"));
        bodies.add(RemoteClient.hex("0000002a 00000003 754d75 0000000000000001 00001041 00 0000000000000002"));
        bodies.add(RemoteClient.hex("0000002b 00000005 7561796679 0000000000000001 01 00000020"
                + "000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f 00000200"));
        bodies.add(RemoteClient.hex("00000025 00000002 754d 0000000000000001 00000250 ffffffff"));
        bodies.add(RemoteClient.hex("00000026 00000005 7561796679 0000000000000001 01 00000003 616263 00000020"));
        bodies.add(RemoteClient.hex("00000021 00000003 754d75 0000000000000001 00000009 0000000000000250"
                + "0000000000000002 0000000000000001 00000000 0000000000000002"));
        bodies.add(RemoteClient.hex("00000040 00000003 756679 0000000000000001 00000020"));
        bodies.add(RemoteClient.hex("00000014 00000003 756141 0000000000000001 00000003"
                + "00000000 01 00000008 0000000000000002 00000100 01 00000008 0000000000000000"
                + "00000120 01 00000004 00000004 01020304"));
        return bodies;
    }
}
