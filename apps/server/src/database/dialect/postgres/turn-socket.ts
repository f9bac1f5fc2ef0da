import { Socket } from 'node:net';

type Done = (error?: Error | null) => void;

/**
 * Hands what is written within one turn over at once. The driver writes each statement by itself, and each write is a call of
 * the system that wakes the server up: more work than most statements are.
 */
export class TurnSocket extends Socket {
  #holds = false;

  override write(data: Uint8Array | string, second?: BufferEncoding | Done, done?: Done): boolean {
    this.#hold();
    return typeof second === 'string' ? super.write(data, second, done) : super.write(data, second);
  }

  #hold(): void {
    if (this.#holds) return;
    this.#holds = true;
    this.cork();
    process.nextTick(() => {
      this.#holds = false;
      this.uncork();
    });
  }
}
