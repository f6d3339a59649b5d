package dev.slotgate.web;

import dev.slotgate.hsm.SlotId;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestResponseBodyMethodProcessor;

/** Reads what most calls take, a slot and a body, without the binders and models that Spring makes for each of them. */
class CallArguments extends RequestMappingHandlerAdapter {

    @Override
    public void afterPropertiesSet() {
        super.afterPropertiesSet();
        var resolvers = new ArrayList<HandlerMethodArgumentResolver>();
        resolvers.add(new ArgumentOfType<>(SlotId.class, CallArguments::slot));
        resolvers.add(new Body(getMessageConverters()));
        resolvers.addAll(Objects.requireNonNull(getArgumentResolvers()));
        setArgumentResolvers(resolvers);
    }

    private static SlotId slot(HttpServletRequest request) {
        return SlotId.parse(Objects.requireNonNull(AccessInterceptor.slot(request)));
    }

    /** No body is validated by annotations: what is wrong with it, its reader says. */
    private static final class Body extends RequestResponseBodyMethodProcessor {

        Body(List<HttpMessageConverter<?>> converters) {
            super(converters, List.of(new BodyLimit()));
        }

        @Override
        public @Nullable Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders)
                throws IOException, HttpMediaTypeNotSupportedException {
            return readWithMessageConverters(request, parameter, parameter.getGenericParameterType());
        }
    }
}
