// The hash of what is shown and signed: the document with what people resolved in it, under its note's reference.
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';

/** SHA-256 in hex; the same text under another note has another hash. */
export function hashOf(shown: unknown): string {
  return createHash('sha256').update(canonicalJson(shown)).digest('hex');
}
