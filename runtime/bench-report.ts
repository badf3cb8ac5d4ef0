// What the measurements printed, as a page.
import { type Circumstances, inWords } from './proof-report.ts';

/** The JSON line of one measurement; `bench` is its name, the rest its numbers. */
export type Measured = Readonly<Record<string, unknown>> & { readonly bench: string };

function isMeasured(value: unknown): value is Measured {
  return typeof value === 'object' && value !== null && 'bench' in value && typeof value.bench === 'string';
}

/** The measurement in what a program printed, or null where it printed none. */
export function measuredIn(printed: string): Measured | null {
  for (const line of printed.split('\n').reverse()) {
    if (!line.startsWith('{')) continue;
    try {
      const value: unknown = JSON.parse(line);
      if (isMeasured(value)) return value;
    } catch {
      continue;
    }
  }
  return null;
}

function cell(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name} ${cell(inner)}`)
    .join(', ');
}

/** The page: for each measurement the names and values of its line. */
export function pageOf(now: Circumstances, results: readonly Measured[]): string {
  const sections = results.map(({ bench, ...numbers }) =>
    [
      `## ${bench}`,
      '',
      '| what | value |',
      '| --- | --- |',
      ...Object.entries(numbers).map(([name, value]) => `| ${name} | ${cell(value)} |`),
    ].join('\n'),
  );
  return [
    '# Measurements',
    'What each measures and against which rival: [bench.md](../bench.md).',
    inWords(now),
    ...sections,
    'Run them again: `npm run bench -- --report`. Data: [bench.json](bench.json).',
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}
