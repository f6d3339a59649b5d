package dev.slotgate.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Space on the disk that is given up for the records of calls in flight when there is no other; nothing begins without it. */
final class Reserve {

    private static final int BLOCK = 1 << 16;

    private final Path file;
    private final long bytes;

    Reserve(Path folder, long bytes) {
        this.file = folder.resolve("reserve");
        this.bytes = bytes;
    }

    /** Takes the space unless it is taken. @throws IOException when there is not enough */
    void take() throws IOException {
        if (Files.exists(file) && Files.size(file) == bytes) {
            return;
        }
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (long left = bytes; left > 0; left -= BLOCK) {
                ByteBuffer block = ByteBuffer.allocate((int) Math.min(left, BLOCK));
                while (block.hasRemaining()) {
                    channel.write(block);
                }
            }
            channel.force(true);
        } catch (IOException e) {
            giveUp();
            throw e;
        }
    }

    void giveUp() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Then there is no more space than there was.
        }
    }
}
