import { brieflyWhy } from './explanations.ts';
import type { RequestLine } from './list.ts';

/** Whether a request is about a person or a group, by its address. */
export function subjectKind(path: string): 'person' | 'group' {
  return path.startsWith('/Groups') || path.startsWith('//Groups') ? 'group' : 'person';
}

type Told = Pick<RequestLine, 'operation' | 'outcome' | 'subject_name' | 'explanation'>;

/** One sentence, without its period: what a request did. `by` is the directory, as people call it. */
export function headlineOf(request: Told, by: string): string {
  const { operation, outcome, subject_name: subject, explanation } = request;
  const words = wordsOf(operation, subject);
  if (outcome === 'refused' || outcome === 'failed') {
    const who = unproven.has(explanation ?? '') ? 'Somebody' : by;
    return `${who} tried to ${words.infinitive}, but ${brieflyWhy(explanation)}`;
  }
  if (outcome === 'unchanged' && isChange(operation)) {
    return `${by} asked to ${words.infinitive}, and nothing had to change`;
  }
  return `${by} ${words.past}`;
}

/** "Okta was refused 14 times: no license is free". Where more were not looked at, "100 times or more". */
export function gatheredHeadline(
  { outcome, explanation }: Pick<Told, 'outcome' | 'explanation'>,
  { times, atLeast }: { readonly times: number; readonly atLeast: boolean },
  by: string,
): string {
  const who = unproven.has(explanation ?? '') ? 'Somebody' : by;
  const often = `${times} times${atLeast ? ' or more' : ''}`;
  const doing = outcome === 'failed' ? `asked ${often} in vain` : `was refused ${often}`;
  return `${who} ${doing}: ${brieflyWhy(explanation)}`;
}

/** Whoever sent a request that is refused for one of these need not be the identity provider. */
const unproven: ReadonlySet<string> = new Set(['missing_token', 'unknown_token', 'foreign_token']);

function isChange(operation: string): boolean {
  return /^(?:Create|Update|Delete|Deactivate|Reactivate|Rename|Add|Remove) /.test(operation);
}

interface Words {
  readonly infinitive: string;
  readonly past: string;
}

function wordsOf(operation: string, subject: string | null): Words {
  return (
    ofMembers(operation, subject ?? 'a group') ??
    ofLookUp(operation, subject) ??
    ofVerb(operation, subject)
  );
}

/** "Add 3 members" → "added 3 members to Sales". */
function ofMembers(operation: string, group: string): Words | undefined {
  const found = /^(Add|Remove) (\d+ members?)(?:, remove (\d+))?$/.exec(operation);
  if (found === null) return undefined;
  const [, verb, members, removed] = found;
  if (verb === 'Remove') return both('remove', 'removed', `${members} from ${group}`);
  const added = both('add', 'added', `${members} to ${group}`);
  if (removed === undefined) return added;
  return {
    infinitive: `${added.infinitive} and remove ${removed}`,
    past: `${added.past} and removed ${removed}`,
  };
}

/** "Look up by userName" → "looked up Ada Example by userName". */
function ofLookUp(operation: string, subject: string | null): Words | undefined {
  const attribute = /^Look up by (.+)$/.exec(operation)?.[1];
  if (attribute === undefined) return undefined;
  const what = subject === null ? `by ${attribute}` : `${subject} by ${attribute}`;
  return both('look up', 'looked up', what);
}

function ofVerb(operation: string, subject: string | null): Words {
  const [verb = '', ...rest] = operation.split(' ');
  const words = verbs[verb];
  if (words === undefined) return both('send', 'sent', 'a request of another kind');
  const [infinitive, past] = words;
  const what = rest.join(' ');
  if (what !== 'user' && what !== 'group') return both(infinitive, past, what);
  return both(infinitive, past, subject ?? `a ${what}`);
}

function both(infinitive: string, past: string, what: string): Words {
  return { infinitive: `${infinitive} ${what}`, past: `${past} ${what}` };
}

const verbs: Readonly<Record<string, readonly [infinitive: string, past: string]>> = {
  Create: ['create', 'created'],
  Update: ['update', 'updated'],
  Delete: ['delete', 'deleted'],
  Deactivate: ['deactivate', 'deactivated'],
  Reactivate: ['reactivate', 'reactivated'],
  Rename: ['rename', 'renamed'],
  Read: ['read', 'read'],
  List: ['list', 'listed'],
  Find: ['search for', 'searched for'],
};
