# Needs `make package` first: the image holds what was built.
FROM eclipse-temurin:17-jre
RUN useradd --system --user-group --create-home --home-dir /var/lib/sluice sluice \
    && install --directory --owner=sluice --group=sluice /var/lib/sluice/state
WORKDIR /opt/sluice
COPY target/lib lib/
COPY target/sluice.jar lib/
COPY bin bin/
COPY schemas schemas/
COPY topics.yaml ./
USER sluice
ENV SLUICE_TOPICS=/opt/sluice/topics.yaml \
    SLUICE_ENGINE_STATE_DIR=/var/lib/sluice/state
VOLUME /var/lib/sluice/state
ENTRYPOINT ["/opt/sluice/bin/sluice"]
CMD ["run"]
