// What an audit entry holds, and the guard that keeps direct identifiers out of it.
import { GaitError } from '../../domain/errors.ts';
import { isReference } from '../vault/reference.ts';

/** References, codes, numbers and dates, in lists and objects: what may be said of a record without naming anybody. */
export type Structure = string | number | boolean | null | readonly Structure[] | { readonly [key: string]: Structure };

/** The chain of what belongs to no clinic: refused keys nobody knows, the system itself. */
export const systemChain = 'system';

/**
 * `clinic` is a clinic id or `systemChain`; `actor` comes from `actorOf(principal)`; `action` is a code such as
 * `record.opened`; `subject` a reference or a key built of references and codes; `purpose` a code; `flow` the id of
 * an n8n flow; `rule` and `template` ids with their version.
 */
export interface AuditEntry {
  readonly clinic: string;
  readonly actor: string;
  readonly action: string;
  readonly subject?: string | null;
  readonly purpose?: string | null;
  readonly flow?: string | null;
  readonly rule?: string | null;
  readonly template?: string | null;
  readonly details?: { readonly [key: string]: Structure };
}

const code = /^[a-z][A-Za-z0-9]{0,39}(?:[.-][A-Za-z0-9]{1,40}){0,7}$/;
const shortCode = /^(?=.*\d)[A-Z0-9]{1,5}$/;
const date = /^\d{4}-\d{2}-\d{2}$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z$/;
const digest = /^[0-9a-f]{64}$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const version = /^v?\d{1,4}(?:\.\d{1,4}){0,3}$/;
const flowId = /^[A-Za-z0-9_-]{1,36}$/;
const key = /^[a-z][A-Za-z0-9]{0,39}$/;
const longDigits = /\d{6}/;

/** Labels of PHI and their usual spellings: a detail of such a name is refused whatever its value. */
const forbiddenKeys = new Set([
  'name',
  'firstName',
  'lastName',
  'given',
  'family',
  'patientName',
  'birthDate',
  'dateOfBirth',
  'dob',
  'contact',
  'phone',
  'email',
  'address',
  'memberId',
  'ssn',
  'recordNumber',
  'authorizationNumber',
  'confirmation',
  'diagnosis',
  'diagnoses',
  'clinicalText',
  'text',
  'note',
  'reasonText',
  'measurement',
  'payment',
  'image',
  'password',
  'secret',
]);

const maximumDepth = 4;
const maximumItems = 500;

/** Refuses (`internal.bug`, naming the field and never the value) whatever is not surely structure. */
export function guardEntry(entry: AuditEntry): void {
  const fields = [
    ['clinic', entry.clinic],
    ['actor', entry.actor],
    ['action', entry.action],
    ['subject', entry.subject ?? null],
    ['purpose', entry.purpose ?? null],
    ['rule', entry.rule ?? null],
    ['template', entry.template ?? null],
  ] as const;
  for (const [field, value] of fields) {
    if (value !== null && !isStructureText(value)) throw refused(field);
  }
  if (typeof entry.flow === 'string' && !flowId.test(entry.flow)) throw refused('flow');
  for (const [name, value] of Object.entries(entry.details ?? {})) guardDetail(name, value, `details.${name}`, 1);
}

/** Whether a text is a reference, a code, a date, a version or a hash, or several of them joined by `/`, `:` or `#`, each with `@version` or without. */
export function isStructureText(text: string): boolean {
  if (instant.test(text)) return true;
  return text.length <= 400 && text.split(/[/:#]/).every(isVersionedWord);
}

/** A word, or `word@version`; nothing else stands behind an `@`, or an e-mail address would pass. */
function isVersionedWord(word: string): boolean {
  const [before = '', after, ...more] = word.split('@');
  if (more.length > 0) return false;
  return isStructureWord(before) && (after === undefined || version.test(after));
}

function isStructureWord(word: string): boolean {
  if (isReference(word) || date.test(word) || digest.test(word) || uuid.test(word)) return true;
  if (/^\d{1,5}$/.test(word) || version.test(word) || shortCode.test(word)) return true;
  return code.test(word) && !longDigits.test(word);
}

function guardDetail(name: string, value: Structure, path: string, depth: number): void {
  if (!key.test(name) || forbiddenKeys.has(name)) throw refused(depth === 1 ? 'details' : path);
  guardValue(value, path, depth);
}

function guardValue(value: Structure, path: string, depth: number): void {
  if (depth > maximumDepth) throw refused(path);
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw refused(path);
    return;
  }
  if (typeof value === 'string') {
    if (!isStructureText(value)) throw refused(path);
    return;
  }
  if (isList(value)) {
    if (value.length > maximumItems) throw refused(path);
    value.forEach((item, index) => guardValue(item, `${path}[${index}]`, depth + 1));
    return;
  }
  for (const [name, inner] of Object.entries(value)) guardDetail(name, inner, `${path}.${name}`, depth + 1);
}

function isList(value: readonly Structure[] | { readonly [key: string]: Structure }): value is readonly Structure[] {
  return Array.isArray(value);
}

function refused(where: string): GaitError {
  return new GaitError(
    'internal.bug',
    'An audit entry was refused: a value is neither a reference, a code, a number nor a date.',
    {
      where: `audit ${where}`,
    },
  );
}
