// An OperationOutcome as reasons: its issue codes and the elements they name, never its sentences, which quote what was sent.
import type { Reason } from '../connector.ts';
import { at, isObject, listAt, textAt } from '../json.ts';

/** IssueType, http://hl7.org/fhir/R4/valueset-issue-type.html */
const issueCodes: ReadonlySet<string> = new Set([
  'invalid', 'structure', 'required', 'value', 'invariant', 'security', 'login', 'unknown', 'expired', 'forbidden',
  'suppressed', 'processing', 'not-supported', 'duplicate', 'multiple-matches', 'not-found', 'deleted', 'too-long',
  'code-invalid', 'extension', 'too-costly', 'business-rule', 'conflict', 'transient', 'lock-error', 'no-store',
  'exception', 'timeout', 'incomplete', 'throttled', 'informational',
]); // prettier-ignore

/** Element names and indexes only: an expression with a condition in it may quote a value. */
const elementPath = /^[A-Z][A-Za-z]{1,40}(\.[a-z][A-Za-z]{0,40}(\[\d{1,4}\])?){0,10}$/;
const reasonsAtMost = 50;

/** The element an issue names, if it is a plain path. */
export function placeOf(issue: unknown): string | null {
  const [first] = [...listAt(issue, 'expression'), ...listAt(issue, 'location')];
  return typeof first === 'string' && elementPath.test(first) ? first : null;
}

function isSevere(issue: unknown): boolean {
  return ['error', 'fatal'].includes(textAt(issue, 'severity') ?? 'error');
}

export function isOutcome(json: unknown): boolean {
  return at(json, 'resourceType') === 'OperationOutcome';
}

/** The errors of an OperationOutcome; warnings and hints are none. Empty for anything else. */
export function reasonsOf(json: unknown): Reason[] {
  if (!isOutcome(json)) return [];
  const issues = listAt(json, 'issue').filter(isObject).filter(isSevere);
  return issues.slice(0, reasonsAtMost).map((issue) => {
    const code = textAt(issue, 'code');
    const field = placeOf(issue);
    return { code: code !== null && issueCodes.has(code) ? code : 'invalid', ...(field === null ? {} : { field }) };
  });
}
