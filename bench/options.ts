import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { disturbances } from './disturbances.ts';
import { comparable, scenarios } from './scenarios.ts';

/** The engines that are measured. */
export type EngineName = 'sqlite' | 'postgres';

/** What a run measures. */
export interface Options {
  /** People in the directory. */
  readonly sizes: readonly number[];
  readonly engines: readonly EngineName[];
  /** How long each measurement takes. */
  readonly seconds: number;
  readonly rounds: number;
  /** Ids of scenarios. */
  readonly only: readonly string[];
  /** Whether the product is measured beside its peers instead of its limits. */
  readonly peers: boolean;
  /** Folder of the results; undefined where they are only printed. */
  readonly out: string | undefined;
  /** Name of the report in that folder. */
  readonly name: 'latest' | 'million' | 'peers';
  /** Folder of CPU profiles of the server; undefined where none are made. */
  readonly profile: string | undefined;
}

/** What was asked for cannot be measured; the message is one line. */
export class OptionsError extends Error {
  override readonly name = 'OptionsError';
}

const engineNames = ['sqlite', 'postgres'] as const;

const everything = [...scenarios.map(({ id }) => id), ...disturbances.map(({ id }) => id)];

const usage = `npm run bench -- [--full | --million | --peers] [--sizes 1k,10k] [--engines sqlite,postgres] [--seconds 1.5] [--rounds 3]
                 [--only get,post] [--out bench/results] [--profile folder]
Scenarios: ${everything.join(', ')}`;

const both = 'sqlite,postgres';

/** What is measured where the command line does not say otherwise. */
const kinds = {
  default: { sizes: '1k,10k', engines: both, seconds: '1', rounds: '3', only: everything },
  full: { sizes: '1k,10k,100k', engines: both, seconds: '2', rounds: '5', only: everything },
  million: { sizes: '10k,1000k', engines: 'sqlite', seconds: '2', rounds: '3', only: everything },
  peers: { sizes: '10k', engines: both, seconds: '2', rounds: '3', only: comparable },
} as const;

/** Reads the command line; throws `OptionsError` with what can be written. */
export function readOptions(commandLine: readonly string[]): Options {
  const values = parsed(commandLine);
  const { full = false, million = false, peers = false } = values;
  const kind = kinds[million ? 'million' : peers ? 'peers' : full ? 'full' : 'default'];
  const only = values.only === undefined ? undefined : idsOf(values.only);
  // A part of the table never takes the place of the whole one.
  const out = values.out ?? (only === undefined ? join(import.meta.dirname, 'results') : undefined);
  return {
    sizes: sizesOf(values.sizes ?? kind.sizes),
    engines: enginesOf(values.engines ?? kind.engines),
    seconds: positive('--seconds', values.seconds ?? kind.seconds),
    rounds: Math.ceil(positive('--rounds', values.rounds ?? kind.rounds)),
    only: only ?? kind.only,
    peers,
    out,
    name: million ? 'million' : peers ? 'peers' : 'latest',
    profile: values.profile,
  };
}

function parsed(commandLine: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...commandLine],
      options: {
        full: { type: 'boolean' },
        million: { type: 'boolean' },
        peers: { type: 'boolean' },
        sizes: text,
        engines: text,
        seconds: text,
        rounds: text,
        only: text,
        out: text,
        profile: text,
      },
    }).values;
  } catch (error) {
    throw new OptionsError(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

function sizesOf(list: string): number[] {
  return list.split(',').map((text) => {
    const size = Number(text.replace(/k$/, '000'));
    if (Number.isInteger(size) && size >= 1000) return size;
    throw new OptionsError(`--sizes takes numbers from 1k on, not ${text}\n${usage}`);
  });
}

function enginesOf(list: string): EngineName[] {
  return list.split(',').map((text) => {
    const engine = engineNames.find((name) => name === text);
    if (engine !== undefined) return engine;
    throw new OptionsError(`--engines takes sqlite and postgres, not ${text}\n${usage}`);
  });
}

function idsOf(list: string): string[] {
  const wanted = list.split(',');
  const ids = everything.filter((id) => wanted.includes(id));
  if (ids.length === wanted.length) return ids;
  throw new OptionsError(`--only takes ids of scenarios\n${usage}`);
}

function positive(option: string, text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new OptionsError(`${option} must be a number above 0\n${usage}`);
}
