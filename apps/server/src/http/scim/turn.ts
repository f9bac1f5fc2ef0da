import type { FastifyReply } from 'fastify';
import type { ReadSide } from '../../database/index.ts';
import type { Answer } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { send } from './send.ts';
import { answerOf } from './serve.ts';

/** Requests that are taken through the steps at once; the others of the turn follow them. */
const AT_ONCE = 32;

interface Arrived {
  readonly exchange: Exchange;
  readonly reply: FastifyReply;
}

/**
 * Answers the requests that arrive in one turn of the event loop together, step by step: what they ask of the database, their
 * lines in the log, the writes to their sockets. Each step finds its instructions in the processor's cache that way; one request
 * after the other, each look-up would begin with those of the socket before it, and takes three times as long.
 */
export class Turn {
  readonly #read: ReadSide;
  #arrived: Arrived[] = [];

  constructor(read: ReadSide) {
    this.#read = read;
  }

  /** Takes a request that has just arrived. */
  add(exchange: Exchange, reply: FastifyReply): void {
    if (this.#arrived.length === 0) setImmediate(this.#end);
    this.#arrived.push({ exchange, reply });
  }

  readonly #end = () => {
    const arrived = this.#arrived;
    this.#arrived = [];
    for (let from = 0; from < arrived.length; from += AT_ONCE) {
      this.#answer(arrived.slice(from, from + AT_ONCE));
    }
  };

  #answer(arrived: readonly Arrived[]): void {
    const answers = this.#read.together(() => arrived.map(({ exchange }) => answerOf(exchange)));
    const logged = arrived.map(({ exchange }, at) => {
      const answer = answers[at];
      if (!(answer instanceof Promise)) return answer && log(exchange, answer);
      return answer.then((known) => log(exchange, known));
    });
    for (const [at, { reply }] of arrived.entries()) {
      const answer = logged[at];
      if (answer instanceof Promise) void answer.then((known) => sendTo(reply, known));
      else if (answer !== undefined) sendTo(reply, answer);
    }
  }
}

/** Logs a request; its answer, with a promise where the log is behind. One that cannot be logged keeps nobody waiting. */
function log(exchange: Exchange, answer: Answer): Answer | Promise<Answer> {
  try {
    return exchange.log(answer)?.then(() => answer) ?? answer;
  } catch (error) {
    exchange.logError(error, 'a request was not logged');
    return answer;
  }
}

function sendTo(reply: FastifyReply, answer: Answer): void {
  try {
    send(reply, answer);
  } catch (error) {
    // Only a defect makes a head that Node refuses; whoever waits is told so.
    reply.send(error);
  }
}
