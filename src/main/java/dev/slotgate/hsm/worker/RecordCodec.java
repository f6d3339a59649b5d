package dev.slotgate.hsm.worker;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A record: its components in their order, nothing else. What a record refuses to be made of, the wire refuses too. */
final class RecordCodec<R> implements Codec<R> {

    private final Class<R> type;
    private final Constructor<R> constructor;
    private final Component[] components;

    RecordCodec(Class<R> type) {
        RecordComponent[] declared = type.getRecordComponents();
        this.type = type;
        this.constructor = canonical(type, declared);
        this.components = Arrays.stream(declared)
                .map(component -> new Component(accessor(component), Codecs.of(component.getAnnotatedType())))
                .toArray(Component[]::new);
    }

    @Override
    public void write(R value, WireWriter to) {
        for (Component component : components) {
            component.write(value, to);
        }
    }

    @Override
    public R read(WireReader from) {
        @Nullable Object[] values = new @Nullable Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = components[i].codec.read(from);
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new WireException("expected what makes a valid " + type.getSimpleName());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }

    private static <R> Constructor<R> canonical(Class<R> type, RecordComponent[] declared) {
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(
                    Arrays.stream(declared).map(RecordComponent::getType).toArray(Class[]::new));
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type + " has no canonical constructor", e);
        }
    }

    private static Method accessor(RecordComponent component) {
        Method accessor = component.getAccessor();
        accessor.setAccessible(true);
        return accessor;
    }

    private record Component(Method accessor, Codec<@Nullable Object> codec) {

        void write(Object owner, WireWriter to) {
            try {
                Object value = accessor.invoke(owner);
                if (value == null && !(codec instanceof NullableCodec)) {
                    throw new WireException("expected a value for " + accessor.getName());
                }
                codec.write(value, to);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(accessor + " failed", e);
            }
        }
    }
}
