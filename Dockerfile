# Console and worker, one image target each: `docker build --target web .`, `docker build --target worker .`

FROM node:22-bookworm-slim AS build
# node-rdkafka compiles librdkafka from its own package.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates g++ libssl-dev libzstd-dev make python3 zlib1g-dev \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
# Manifests first: the compiled dependencies are cached until one of them changes.
COPY package.json package-lock.json .npmrc ./
COPY apps/web/package.json apps/web/
COPY apps/worker/package.json apps/worker/
COPY bench/package.json bench/
COPY differential/package.json differential/
COPY packages/binlog/package.json packages/binlog/
COPY packages/contracts/package.json packages/contracts/
COPY packages/db/package.json packages/db/
COPY packages/engine/package.json packages/engine/
COPY packages/errors/package.json packages/errors/
COPY packages/jobs/package.json packages/jobs/
COPY packages/kafka/package.json packages/kafka/
COPY packages/stack/package.json packages/stack/
COPY scripts/package.json scripts/
RUN npm ci --no-audit --no-fund
COPY packages/binlog/native packages/binlog/native
COPY packages/kafka/native packages/kafka/native
RUN npm run build:native --workspace @sealane/binlog --workspace @sealane/kafka
COPY . .
ENV NEXT_TELEMETRY_DISABLED=1 TURBO_TELEMETRY_DISABLED=1
RUN npx turbo run build --no-update-notifier \
 && npm prune --omit=dev --no-audit --no-fund

FROM node:22-bookworm-slim AS runtime
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates libssl3 libzstd1 zlib1g \
 && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1
WORKDIR /app
COPY --from=build --chown=node:node /app ./
USER node

FROM runtime AS web
WORKDIR /app/apps/web
ENV PORT=3000
EXPOSE 3000
# Node is process 1 itself, with no shell or npm between it and the stop signal.
ENTRYPOINT ["node", "/app/node_modules/next/dist/bin/next"]
CMD ["start", "--hostname", "0.0.0.0"]

FROM runtime AS worker
WORKDIR /app/apps/worker
CMD ["node", "--enable-source-maps", "dist/main.js"]
