# Tarim's image: a worker, and every `npx tarim` command. Not built in CI (no container engine there); test/unit/compose.test.ts checks
# its shape. Debian, because Temporal's native part needs glibc.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY bin ./bin
COPY db ./db
COPY api/openapi.json ./api/openapi.json
COPY console ./console
COPY tsconfig.json ./
# Prisma's CLI and Vite are development dependencies, so the client is generated and the console built here.
RUN node bin/generate.mjs && node bin/console-main.mjs

FROM node:22-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && npm cache clean --force
COPY activities ./activities
COPY api ./api
COPY bin ./bin
COPY cli ./cli
COPY config ./config
COPY domain ./domain
COPY engine ./engine
COPY providers ./providers
COPY samples ./samples
COPY simulation ./simulation
COPY worker ./worker
COPY workflows ./workflows
COPY tsconfig.json ./
COPY --from=build /app/db ./db
COPY --from=build /app/console/dist ./console/dist
USER node
ENTRYPOINT ["node", "bin/tarim.mjs"]
CMD ["worker"]
