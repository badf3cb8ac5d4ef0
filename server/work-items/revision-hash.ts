// Names exactly one revision of one draft: what a person approves is this hash, and nothing else may be sent under it.
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';

/** SHA-256 (hex) over the canonical JSON of the draft, bound to its work item and its number. */
export function revisionHash(workItem: string, number: number, draft: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(canonicalJson({ workItem, number, draft })).digest('hex');
}
