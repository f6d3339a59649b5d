package dev.slotgate.hsm.worker;

import dev.slotgate.hsm.ChangesToken;
import dev.slotgate.hsm.FromMemory;
import dev.slotgate.hsm.TakesLong;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method of the port on the wire: its arguments one after the other, and its result.
 *
 * @param changesToken whether it must never be called twice
 * @param takesLong whether it may take as long as the generation of a key
 * @param fromMemory whether what it answered may be answered again
 */
record PortCall(
        Operation<@Nullable Object[], @Nullable Object> operation,
        boolean changesToken,
        boolean takesLong,
        boolean fromMemory) {

    static PortCall of(Method method, int code) {
        return new PortCall(
                new Operation<>(
                        code,
                        method.getDeclaringClass().getSimpleName() + "." + method.getName(),
                        new Arguments(Arrays.stream(method.getAnnotatedParameterTypes())
                                .map(Codecs::of)
                                .toList()),
                        Codecs.of(method.getAnnotatedReturnType())),
                method.isAnnotationPresent(ChangesToken.class),
                method.isAnnotationPresent(ChangesToken.class) || method.isAnnotationPresent(TakesLong.class),
                method.isAnnotationPresent(FromMemory.class));
    }

    private record Arguments(List<Codec<@Nullable Object>> codecs) implements Codec<@Nullable Object[]> {

        @Override
        public void write(@Nullable Object[] values, WireWriter to) {
            for (int i = 0; i < values.length; i++) {
                codecs.get(i).write(values[i], to);
            }
        }

        @Override
        public @Nullable Object[] read(WireReader from) {
            @Nullable Object[] values = new @Nullable Object[codecs.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = codecs.get(i).read(from);
            }
            return values;
        }
    }
}
