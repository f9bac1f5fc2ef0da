import { lookUpTimeout, lookUpTxt, type TxtAnswer } from './look-up.ts';
import { rootOf, shown } from './name.ts';
import { isRecordValue, type VerificationRecord, verificationRecord } from './record.ts';

/** What one resolver answered, held against the record. */
export interface CheckAnswer {
  readonly resolver: string;
  readonly outcome: 'found' | 'other_value' | Exclude<TxtAnswer['outcome'], 'answered'>;
  readonly values: readonly string[];
  /** One sentence for the owner. */
  readonly text: string;
  /** Milliseconds. */
  readonly took: number;
}

export interface DomainCheck {
  readonly record: VerificationRecord;
  readonly answers: readonly CheckAnswer[];
  /** `unknown` where no resolver gave an answer: it counts neither for nor against the domain. */
  readonly verdict: 'found' | 'missing' | 'unknown';
  /** What to change, where it can be told. */
  readonly advice: string | null;
}

/** Asks DNS whether a domain shows its record. */
export async function checkRecord(
  servers: readonly string[],
  { name, token }: { readonly name: string; readonly token: string },
): Promise<DomainCheck> {
  const record = verificationRecord(name, token);
  const answers = (await lookUpTxt(servers, record.host)).map((one) => hold(one, record));
  const verdict = verdictOf(answers);
  const advice = verdict === 'missing' ? await advise(servers, name, record, answers) : null;
  return { record, answers, verdict, advice };
}

/** One resolver that shows the record is enough: the others have yet to forget an older answer. */
export function verdictOf(
  answers: readonly Pick<CheckAnswer, 'outcome'>[],
): DomainCheck['verdict'] {
  if (answers.some(({ outcome }) => outcome === 'found')) return 'found';
  const says = ['other_value', 'no_name', 'no_data'];
  return answers.some(({ outcome }) => says.includes(outcome)) ? 'missing' : 'unknown';
}

function hold(answer: TxtAnswer, record: VerificationRecord): CheckAnswer {
  const { resolver, values, took } = answer;
  const outcome = outcomeOf(answer, record);
  return { resolver, outcome, values, took, text: sentences[outcome](record.host, resolver) };
}

function outcomeOf({ outcome, values }: TxtAnswer, record: VerificationRecord) {
  if (outcome !== 'answered') return outcome;
  return values.some((value) => isRecordValue(value, record)) ? 'found' : 'other_value';
}

const sentences: Readonly<
  Record<CheckAnswer['outcome'], (host: string, resolver: string) => string>
> = {
  found: () => 'The record is there.',
  other_value: (host) => `${host} has a TXT record, but with another value.`,
  no_name: (host) => `The name ${host} does not exist yet.`,
  no_data: (host) => `${host} exists but has no TXT record.`,
  refused: (_, resolver) => `The resolver ${resolver} refuses to answer.`,
  timeout: (_, resolver) =>
    `The resolver ${resolver} gave no answer within ${lookUpTimeout / 1000} seconds.`,
  failed: (host, resolver) => `The resolver ${resolver} could not resolve ${host}.`,
};

/** The two mistakes that providers' consoles invite are worth two more questions. */
async function advise(
  servers: readonly string[],
  name: string,
  record: VerificationRecord,
  answers: readonly CheckAnswer[],
): Promise<string | null> {
  if (answers.some(({ outcome }) => outcome === 'other_value')) {
    return `Replace the value of the TXT record at ${record.host} by the one above, or add a second record.`;
  }
  const zone = rootOf(name);
  const doubled = `${record.host}.${zone}`;
  if (await shows(servers, doubled, record)) {
    return `The record stands at ${doubled}: your provider adds the zone by itself. Enter the host as ${relativeHost(record.host, zone)}.`;
  }
  if (await shows(servers, name, record)) {
    return `The record stands at ${shown(name)} itself. Its host must be ${record.host}.`;
  }
  return null;
}

async function shows(servers: readonly string[], host: string, record: VerificationRecord) {
  const answers = await lookUpTxt(servers, host);
  return answers.some((answer) => outcomeOf(answer, record) === 'found');
}

function relativeHost(host: string, zone: string): string {
  return host.slice(0, -zone.length - 1);
}
