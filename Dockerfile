# syntax=docker/dockerfile:1

# --- Packages: what production needs, from the lock file ---------------------------------------------------------
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# No install script is needed: better-sqlite3 carries its binaries. The optional packages are a second Node.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

# --- The bot ------------------------------------------------------------------------------------------------------
FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production \
    PORT=3978 \
    METRICS_PORT=9464 \
    DATA_DIR=/data
WORKDIR /app
# Root owns the program, so that the bot cannot change itself; only /data is the bot's.
RUN install -d -o node -g node -m 0700 /data
COPY --from=packages /app/node_modules ./node_modules
COPY package.json ./
COPY cards ./cards
COPY src ./src
USER node
VOLUME /data
EXPOSE 3978 9464
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`, { signal: AbortSignal.timeout(4000) }).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process: SIGTERM reaches the bot, which then leaves its work in order.
CMD ["node", "src/main.ts"]
