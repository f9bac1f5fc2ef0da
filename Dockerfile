# The server with the built console. The database is the mounted folder /data, or PostgreSQL through DATABASE_URL.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /rollcall
COPY . .
# The image has its own Node; the one that comes with the install would only make it larger.
RUN npm ci && npm run build && npm prune --omit=dev && rm -rf node_modules/node-linux-*

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /rollcall
COPY --from=build /rollcall/package.json /rollcall/LICENSE ./
COPY --from=build /rollcall/node_modules ./node_modules
COPY --from=build /rollcall/packages ./packages
COPY --from=build /rollcall/apps/server ./apps/server
COPY --from=build /rollcall/apps/console/package.json ./apps/console/package.json
COPY --from=build /rollcall/apps/console/dist ./apps/console/dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# node is process 1 and handles SIGTERM itself: it finishes the requests in flight, then closes the database.
STOPSIGNAL SIGTERM
CMD ["node", "--max-semi-space-size=16", "apps/server/bin/rollcall.js", "start"]
