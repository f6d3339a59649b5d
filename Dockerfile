# docker build --target gateway -t slotgate .        the gateway; the library of the HSM's vendor is mounted
# docker build --target trial -t slotgate:trial .    with SoftHSM, for trials
# docs/containers.md says more. A jar that ./slotgate has built is taken, if it is newer than the sources.

FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY . .
RUN ./slotgate build
# The wrapper looks for its native library here first; taken out of its jar it needs no folder to write it to.
RUN jar xf target/app/lib/ipkcs11wrapper-*.jar natives/unix && jar xf target/app/slotgate.jar META-INF/sbom \
    && install -D -m 0644 "natives/unix/linux-$(uname -m)/release/libpkcs11wrapper.so" native/libpkcs11wrapper.so

FROM eclipse-temurin:25-jre AS runtime
RUN useradd --system --uid 10001 --user-group --home-dir /var/lib/slotgate --shell /usr/sbin/nologin slotgate \
    && install -d -m 0700 -o slotgate -g slotgate /var/lib/slotgate \
    && install -d /etc/slotgate
COPY --from=build /build/native /usr/lib/
COPY --from=build /build/target/app/lib /opt/slotgate/lib
COPY --from=build /build/target/app/slotgate.jar /build/META-INF/sbom/application.cdx.json /build/LICENSE /build/NOTICE /opt/slotgate/
COPY src/dist /opt/slotgate/
# The C library would keep what each of the JVM's threads freed; few arenas keep the process small.
ENV MALLOC_ARENA_MAX=2 \
    SLOTGATE_DATA=/var/lib/slotgate \
    SLOTGATE_CONTAINER=true \
    SERVER_ADDRESS=0.0.0.0 \
    SPRING_CONFIG_ADDITIONAL_LOCATION=optional:file:/etc/slotgate/slotgate.yaml
# Relative paths of the configuration start here.
WORKDIR /etc/slotgate
VOLUME /var/lib/slotgate
EXPOSE 8080
USER 10001:10001
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["/opt/slotgate/healthy"]
ENTRYPOINT ["java", "@/opt/slotgate/jvm.options", "-XX:AOTCache=/opt/slotgate/slotgate.aot", "-jar", "/opt/slotgate/slotgate.jar"]
ARG VERSION=snapshot
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Slotgate" \
    org.opencontainers.image.description="A REST gateway in front of PKCS#11 tokens" \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.version="$VERSION" \
    org.opencontainers.image.revision="$REVISION"

FROM runtime AS softhsm
USER root
RUN apt-get update && apt-get install -y --no-install-recommends softhsm2 && rm -rf /var/lib/apt/lists/*
ENV SLOTGATE_TRIAL=true \
    SLOTGATE_MODULES_0_LIBRARY=/usr/lib/softhsm/libsofthsm2.so
USER 10001:10001

# The cache is good for this JRE and these jars only, so it is made where they are.
FROM softhsm AS training
USER root
RUN /opt/slotgate/train java /opt/slotgate/slotgate.jar "$SLOTGATE_MODULES_0_LIBRARY" /opt/slotgate/slotgate.aot

FROM softhsm AS trial
COPY --from=training /opt/slotgate/slotgate.aot /opt/slotgate/slotgate.aot.worker /opt/slotgate/

FROM runtime AS gateway
COPY --from=training /opt/slotgate/slotgate.aot /opt/slotgate/slotgate.aot.worker /opt/slotgate/
