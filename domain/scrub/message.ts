// Sentences with facts filled in.
import type { FactValue, Facts } from './facts.ts';

const placeholder = /\{([a-z][A-Za-z0-9]*)\}/g;

/** The names a sentence has filled in: `{code}` is `code`. */
export function placeholders(sentence: string): string[] {
  return [...sentence.matchAll(placeholder)].flatMap(([, name]) => name ?? []);
}

/** Amounts (names that end in `Cents`) are written in dollars; what is not known is called so. */
export function filledIn(sentence: string, facts: Facts): string {
  return sentence.replaceAll(placeholder, (_whole, name: string) => written(name, facts[name] ?? null));
}

function written(name: string, value: FactValue): string {
  if (value === null) return 'unknown';
  if (typeof value === 'number' && name.endsWith('Cents')) return `$${(value / 100).toFixed(2)}`;
  if (typeof value === 'object') return value.length === 0 ? 'none' : value.join(', ');
  return String(value);
}
