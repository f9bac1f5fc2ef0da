import type { RequestLine } from './list.ts';

/** Whether a request is about a person or a group, by its address. */
export function subjectKind(path: string): 'person' | 'group' {
  return path.startsWith('/Groups') || path.startsWith('//Groups') ? 'group' : 'person';
}

type Told = Pick<RequestLine, 'operation' | 'outcome' | 'status' | 'subject_name'>;

/** One sentence: what a request did. `by` is the directory, as people call it. */
export function headlineOf(request: Told, by: string): string {
  const { operation, outcome, status, subject_name: subject } = request;
  if (outcome === 'refused') return `Refused (${status}): ${told(operation, subject)}`;
  if (outcome === 'failed') return `Failed (${status}): ${told(operation, subject)}`;
  if (outcome === 'unchanged' && isChange(operation)) {
    return `${by} sent what was so already: ${told(operation, subject)}`;
  }
  return `${by} ${past(operation, subject ?? 'somebody')}`;
}

function told(operation: string, subject: string | null): string {
  return subject === null ? operation : `${operation} · ${subject}`;
}

function isChange(operation: string): boolean {
  return /^(?:Create|Update|Delete|Deactivate|Reactivate|Rename|Add|Remove) /.test(operation);
}

/** "Add 3 members" → "added 3 members to Sales". */
function past(operation: string, subject: string): string {
  const members = /^(Add|Remove) (\d+ members?)(?:, remove (\d+))?$/.exec(operation);
  if (members !== null) {
    const [, verb, count, removed] = members;
    if (removed !== undefined) return `added ${count} to ${subject} and removed ${removed}`;
    return verb === 'Add' ? `added ${count} to ${subject}` : `removed ${count} from ${subject}`;
  }
  const [verb = '', ...rest] = operation.split(' ');
  const doing = pastOf[verb];
  if (doing === undefined) return `asked: ${operation}`;
  const plain = rest.join(' ');
  return plain === 'user' || plain === 'group' ? `${doing} ${subject}` : `${doing} ${plain}`;
}

const pastOf: Readonly<Record<string, string>> = {
  Create: 'created',
  Update: 'updated',
  Delete: 'deleted',
  Deactivate: 'deactivated',
  Reactivate: 'reactivated',
  Rename: 'renamed',
  Read: 'read',
  List: 'listed',
  Find: 'searched for',
  Look: 'looked',
};
