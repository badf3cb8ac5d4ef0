// Control numbers of the Medical Network: exactly nine digits, always the same ones for the same question or claim.
import { createHash } from 'node:crypto';

/** @param name our own name of the question or claim: its trace, or the key of its effect */
export function controlNumberOf(name: string): string {
  const number = createHash('sha256').update(name).digest().readUIntBE(0, 6) % 999_999_999;
  return String(number + 1).padStart(9, '0');
}
