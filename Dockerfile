# Tarim's image: a worker, and every `npx tarim` command. Not built in CI (no container engine there); test/unit/compose.test.ts checks
# its shape. Debian, because Temporal's native part needs glibc.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY bin ./bin
COPY db ./db
# Prisma's CLI is a development dependency, so its client is generated here.
RUN node bin/generate.mjs

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force
COPY activities ./activities
COPY bin ./bin
COPY cli ./cli
COPY config ./config
COPY domain ./domain
COPY engine ./engine
COPY providers ./providers
COPY samples ./samples
COPY worker ./worker
COPY workflows ./workflows
COPY tsconfig.json ./
COPY --from=build /app/db ./db
USER node
ENTRYPOINT ["node", "bin/tarim.mjs"]
CMD ["worker"]
