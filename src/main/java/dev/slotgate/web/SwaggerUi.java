package dev.slotgate.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Swagger UI, from its jar and loading nothing from elsewhere, where it is switched on. */
@Component
class SwaggerUi implements WebMvcConfigurer {

    private static final Resource ABOUT_THE_JAR =
            new ClassPathResource("/META-INF/maven/org.webjars/swagger-ui/pom.properties", SwaggerUi.class);

    private final boolean on;

    SwaggerUi(WebSettings settings) {
        this.on = settings.swaggerUi();
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry pages) {
        if (on) {
            pages.addResourceHandler("/swagger-ui/**")
                    .addResourceLocations(
                            "classpath:/swagger-ui/",
                            "classpath:/META-INF/resources/webjars/swagger-ui/" + version() + "/");
        }
    }

    @Override
    public void addViewControllers(ViewControllerRegistry paths) {
        if (on) {
            paths.addRedirectViewController("/swagger-ui.html", "/swagger-ui/index.html")
                    // Which leaves the address as it is; a proxy may know another one.
                    .setStatusCode(HttpStatus.FOUND);
        }
    }

    private static String version() {
        try {
            return PropertiesLoaderUtils.loadProperties(ABOUT_THE_JAR).getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
