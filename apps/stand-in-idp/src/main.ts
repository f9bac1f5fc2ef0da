import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { FastifyInstance } from 'fastify';
import { buildStandIn } from './app.ts';
import { developmentApiToken } from './rest/okta-api.ts';
import { appId } from './store/app.ts';

const number = (from: number, to: number) => (text: string) => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  throw new InvalidArgumentError(`It must be a whole number from ${from} to ${to}.`);
};

interface Flags {
  readonly port: number;
  readonly data: string;
  readonly pace: number;
  readonly publicUrl?: string;
}

const program = new Command('stand-in-idp')
  .description('A local stand-in for Okta and Microsoft Entra ID, for development and tests.')
  .option('--port <port>', 'port on 127.0.0.1; 0 takes a free one', number(0, 65_535), 8090)
  .option('--data <file>', 'SQLite file, made where there is none', 'stand-in-idp.sqlite')
  .option('--pace <factor>', 'waits after 429 are divided by this', number(1, 1_000_000), 60)
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2))
  .option('--public-url <url>', 'address that browsers use, where it is another one');

async function main(): Promise<void> {
  const { port, data, pace, publicUrl } = program.parse().opts<Flags>();
  const folder = dirname(resolve(data));
  if (!existsSync(folder))
    throw new Error(`--data: the folder ${folder} is not there: make it first`);
  const options = { dataFile: data, pace };
  const server = await buildStandIn(publicUrl === undefined ? options : { ...options, publicUrl });
  const address = await listen(server, port);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close());
  }
  console.log(`Stand-in IdP listening at ${publicUrl ?? address}`);
  console.log(
    `Management API: ${address}/api/v1, app ${appId}, Authorization: SSWS ${developmentApiToken}`,
  );
}

async function listen(server: FastifyInstance, port: number): Promise<string> {
  try {
    return await server.listen({ host: '127.0.0.1', port });
  } catch (error) {
    await server.close();
    if (Object(error).code !== 'EADDRINUSE') throw error;
    throw new Error(`--port ${port} is in use: choose another one`, { cause: error });
  }
}

main().catch((error: unknown) => {
  console.error(`stand-in-idp: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
});
