package dev.slotgate.trial;

import dev.slotgate.hsm.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.function.Supplier;

/** The files of the trial's data folder: folders with mode 0700, files with mode 0600. */
final class SecretFiles {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final FileAttribute<?> PRIVATE_FOLDER = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    private static final FileAttribute<?> PRIVATE_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;

    SecretFiles(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        makeFolder(this.folder);
        tighten(this.folder);
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** Makes a folder of the data folder, unless it is there. */
    Path folder(String name) {
        return makeFolder(path(name));
    }

    /** What the file holds; a file that is not there is made first, whole or not at all. */
    String readOrMake(String name, Supplier<String> content) {
        Path file = path(name);
        try {
            if (Files.notExists(file)) {
                write(name, content.get());
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new StartRefused("The data folder's file " + file + " cannot be read.");
        }
    }

    void write(String name, String content) {
        Path file = path(name);
        makeFolder(file.resolveSibling(""));
        Path unfinished = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(unfinished);
            Files.createFile(unfinished, PRIVATE_FILE);
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StartRefused("The data folder's file " + file + " cannot be written.");
        }
    }

    void delete(String name) {
        try {
            Files.deleteIfExists(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A secret of the given length in letters and digits that are not mistaken for one another. */
    static String random(int length) {
        var secret = new StringBuilder(length);
        RANDOM.ints(length, 0, ALPHABET.length()).forEach(i -> secret.append(ALPHABET.charAt(i)));
        return secret.toString();
    }

    /** A folder that was there may be open to others. */
    private static void tighten(Path folder) {
        try {
            Files.setPosixFilePermissions(folder, OWNER_ONLY);
        } catch (IOException e) {
            throw new StartRefused("The data folder " + folder + " must belong to the user that runs the gateway.");
        }
    }

    private static Path makeFolder(Path folder) {
        try {
            return Files.createDirectories(folder, PRIVATE_FOLDER);
        } catch (IOException e) {
            throw new StartRefused("The data folder " + folder + " cannot be made.");
        }
    }
}
