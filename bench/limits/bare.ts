import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stopChild } from '../server.ts';

/** A bare Fastify server in a process of its own. */
export interface BareServer {
  readonly port: number;
  readonly pid: number;
  stop(): Promise<void>;
}

const program = fileURLToPath(import.meta.resolve('./bare-route.ts'));

/** Starts it with the texts that the product answered. */
export async function startBare(texts: { user: string; page: string }): Promise<BareServer> {
  const child = fork(program);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.once('message', (port) => resolve(Number(port)));
  child.once('exit', () => reject(new Error('the bare server ended')));
  child.send(texts);
  return { port: await promise, pid: child.pid ?? 0, stop: () => stopChild(child) };
}
