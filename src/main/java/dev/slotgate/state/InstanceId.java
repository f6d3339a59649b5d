package dev.slotgate.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which gateway this is, among those that share a database: 16 lower-case hex digits, kept in the data folder. The file is
 * locked until it is closed, since a second gateway on the folder would take the first one's work for left behind.
 */
public final class InstanceId implements AutoCloseable {

    private static final String FILE = "instance-id";
    private static final int DIGITS = 16;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{" + DIGITS + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Read through this channel only: closing any other one of the file would let go of the lock (fcntl). */
    private final FileChannel file;

    private final String text;

    private InstanceId(FileChannel file, String text) {
        this.file = file;
        this.text = text;
    }

    /** The id that the data folder holds; made at the first start. @throws StateUnusable */
    public static InstanceId in(Path data) {
        Path path = data.resolve(FILE);
        FileChannel file = open(data, path);
        try {
            lock(file);
            return new InstanceId(file, readOrMake(file, path));
        } catch (IOException e) {
            close(file);
            throw new StateUnusable("The data folder's file " + path + " cannot be read or locked.");
        } catch (StateUnusable e) {
            close(file);
            throw e;
        }
    }

    public String text() {
        return text;
    }

    /** Lets another gateway have the data folder. */
    @Override
    public void close() {
        close(file);
    }

    @Override
    public String toString() {
        return text;
    }

    private static FileChannel open(Path data, Path path) {
        try {
            PrivateFiles.makeFolderOf(path);
        } catch (IOException e) {
            throw new StateUnusable("The data folder " + data + " cannot be made.");
        }
        try {
            return FileChannel.open(
                    path,
                    Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                    PrivateFiles.forFiles());
        } catch (IOException e) {
            throw new StateUnusable("The data folder's file " + path + " cannot be written.");
        }
    }

    private static void lock(FileChannel file) throws IOException {
        try {
            if (file.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // A gateway in this very process: no other answer than for one in another.
        }
        throw new StateUnusable(
                "another gateway uses the data folder. Stop it, or choose another folder with SLOTGATE_DATA.");
    }

    private static String readOrMake(FileChannel file, Path path) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(2 * DIGITS);
        file.read(content, 0);
        String text = new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII).strip();
        if (FORM.matcher(text).matches()) {
            return text;
        }
        // A start that was cut short leaves the file empty.
        if (file.size() > 0) {
            throw new StateUnusable("The data folder's file " + path + " must hold " + DIGITS
                    + " hex digits: delete it, and the gateway makes itself a new one.");
        }
        return make(file);
    }

    private static String make(FileChannel file) throws IOException {
        String made = HexFormat.of().toHexDigits(RANDOM.nextLong());
        file.write(ByteBuffer.wrap((made + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
        file.force(true);
        return made;
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            // The process ends, or never began: the system lets go of the lock.
        }
    }
}
