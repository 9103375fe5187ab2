# The official image, or any other of Debian with Node.js 26, npm and apt.
ARG NODE_IMAGE=node:26-bookworm-slim

# A registry that needs credentials, or a certificate authority of its own, is named by two optional build secrets:
#   docker build --secret id=npmrc,src=$HOME/.npmrc --secret id=registry-ca,src=/path/to/ca.pem .
# where the npmrc says cafile=/run/secrets/registry-ca. Neither is kept in a layer.


FROM ${NODE_IMAGE} AS base
WORKDIR /app
COPY package.json package-lock.json .npmrc ./


# The workspace `runtime` would bring a second Node.js: every install here leaves it out.
FROM base AS build
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc --mount=type=secret,id=registry-ca \
    npm ci --workspaces=false --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json tsconfig.page.json ./
COPY scripts scripts
COPY src src
COPY *.md ./
COPY docs docs
RUN npm run build && find dist -name '*.d.ts' -delete


FROM base AS dependencies
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc --mount=type=secret,id=registry-ca \
    npm ci --omit=dev --workspaces=false --ignore-scripts --no-audit --no-fund


FROM ${NODE_IMAGE} AS root-files
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates libatomic1
COPY docker/root-files.sh /
RUN sh /root-files.sh /root-files 10001


# No shell, no npm, no package manager: Node.js, its libraries, CA certificates and vidimus.
FROM scratch

LABEL org.opencontainers.image.title="vidimus" \
      org.opencontainers.image.description="Validates X.509 certificate chains by RFC 5280 and says every reason for its verdict" \
      org.opencontainers.image.licenses="Apache-2.0"

COPY --from=root-files /root-files /
WORKDIR /app
COPY LICENSE package.json ./
COPY openapi/openapi.json openapi/
COPY docker/healthcheck.mjs docker/
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist

ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    NODE_ENV=production \
    SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
    HOST=0.0.0.0 \
    PORT=8080 \
    DATA_DIR=/data

USER 10001:10001
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 CMD ["node", "/app/docker/healthcheck.mjs"]
CMD ["node", "dist/main.js"]

# Last, because they change with every build.
ARG VERSION=""
ARG REVISION=""
LABEL org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION
