import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
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
  .option('--public-url <url>', 'address that browsers use, where it is another one');

async function main(): Promise<void> {
  const { port, data, pace, publicUrl } = program.parse().opts<Flags>();
  mkdirSync(dirname(resolve(data)), { recursive: true });
  const options = { dataFile: data, pace };
  const server = await buildStandIn(publicUrl === undefined ? options : { ...options, publicUrl });
  const address = await server.listen({ host: '127.0.0.1', port });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close());
  }
  console.log(`Stand-in IdP listening at ${publicUrl ?? address}`);
  console.log(
    `Management API: ${address}/api/v1, app ${appId}, Authorization: SSWS ${developmentApiToken}`,
  );
}

main().catch((error: unknown) => {
  console.error(`stand-in-idp: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
});
