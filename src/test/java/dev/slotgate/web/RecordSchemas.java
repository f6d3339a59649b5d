package dev.slotgate.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * States of each member of an answer what its record says: whether it is always there, and whether it may be null. A request's
 * member may be left out; the calls say which they miss.
 */
final class RecordSchemas implements ModelConverter {

    private static final String REFERENCE = "#/components/schemas/";

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        Class<?> kind = Json.mapper().constructType(type.getType()).getRawClass();
        if (schema != null && kind.isRecord() && !kind.getSimpleName().endsWith("Request")) {
            Schema<?> model = schema.get$ref() == null
                    ? schema
                    : context.getDefinedModels().get(schema.get$ref().substring(REFERENCE.length()));
            if (model != null && model.getProperties() != null) {
                describe(kind, model);
            }
        }
        return schema;
    }

    private static void describe(Class<?> kind, Schema<?> model) {
        boolean nothingLeftOut = !leavesOut(kind.getAnnotation(JsonInclude.class));
        for (RecordComponent component : kind.getRecordComponents()) {
            String name = name(component);
            boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            boolean there = !optional
                    || (nothingLeftOut && !leavesOut(component.getAccessor().getAnnotation(JsonInclude.class)));
            if (there && (model.getRequired() == null || !model.getRequired().contains(name))) {
                model.addRequiredItem(name);
            }
            if (there && optional) {
                orNull(model.getProperties(), name);
            }
        }
    }

    private static void orNull(@SuppressWarnings("rawtypes") Map<String, Schema> members, String name) {
        Schema<?> member = members.get(name);
        if (member != null && member.getTypes() != null) {
            var types = new TreeSet<>(member.getTypes());
            types.add("null");
            member.setTypes(types);
        }
    }

    private static String name(RecordComponent component) {
        JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null ? component.getName() : renamed.value();
    }

    private static boolean leavesOut(@Nullable JsonInclude rule) {
        return rule != null && rule.value() == JsonInclude.Include.NON_NULL;
    }
}
