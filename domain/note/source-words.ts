// What a place of the record says, in words a person reads when pointing at a value of a document.
import type { NoteSource } from './source-schema.ts';

export interface SourceWords {
  readonly words: string;
  /** Day of the session it stands in; null: in the episode, or nowhere. */
  readonly date: string | null;
  /** Reference of that session. */
  readonly session: string | null;
}

/** Fields that say how an entry came to be, not what was found. */
const silent = new Set(['carriedForward', 'unsure', 'ref', 'patient', 'id', 'goal', 'by']);

/** "Recorded in this session: range of motion: shoulder, flexion, left, active, degrees 110." Unknown places are said to be so. */
export function sourceWords(source: NoteSource, pointer: string): SourceWords {
  const [root = '', ...rest] = pointer.split('/').slice(1);
  if (root === 'author') return { words: 'Who signs the document.', date: null, session: null };
  if (root === 'episode')
    return { words: `Episode of care: ${told(source.episode, rest)}.`, date: null, session: null };
  const isEarlier = root === 'earlier';
  const session = isEarlier ? source.earlier[Number(rest[0])] : source.session;
  if (session === undefined) return { words: 'Earlier sessions.', date: null, session: null };
  const when = isEarlier ? 'Recorded in an earlier session' : 'Recorded in this session';
  const words = `${when}: ${told(session, isEarlier ? rest.slice(1) : rest)}.`;
  return { words, date: session.date, session: session.ref };
}

/** The entry a path leads into, with everything it holds; a single field with its name. */
function told(record: object, path: readonly string[]): string {
  const [field = '', ...inner] = path;
  const here: unknown = Reflect.get(record, field);
  const label = worded(field);
  if (here === null || here === undefined) return label === '' ? 'as a whole' : `${label}: not recorded`;
  if (Array.isArray(here)) {
    const entry: unknown = here[Number(inner[0])];
    return inner.length === 0 || entry === undefined ? label : `${label}: ${said(entry)}`;
  }
  return `${label}: ${said(here)}`;
}

function said(value: unknown): string {
  if (value === null || value === undefined) return 'not recorded';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (typeof value !== 'object') return 'not recorded';
  if (Array.isArray(value)) return value.map(said).join(', ');
  return Object.entries(value)
    .filter(([field, each]) => !silent.has(field) && each !== null && !(Array.isArray(each) && each.length === 0))
    .map(([field, each]) => `${worded(field)} ${said(each)}`)
    .join(', ');
}

function worded(field: string): string {
  return field.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}
