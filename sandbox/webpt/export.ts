// `node sandbox/webpt/export.ts --out DIR --seed N --today DATE [--canary TOKEN] [--dialect standard|multisite]`
import { parseArgs } from 'node:util';
import { generateClinic } from '../clinic/generate.ts';
import { dialects } from './dialects.ts';
import { writeExport } from './write-export.ts';

function run(): void {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      seed: { type: 'string', default: '1' },
      today: { type: 'string' },
      canary: { type: 'string' },
      dialect: { type: 'string', default: 'standard' },
    },
  });
  const seed = Number(values.seed);
  const dialect = Object.values(dialects).find(({ id }) => id === values.dialect);
  if (values.out === undefined) throw new Error('Say where to write: --out DIR.');
  if (values.today === undefined) throw new Error('Say which day is today: --today YYYY-MM-DD.');
  if (!Number.isInteger(seed) || seed < 0) throw new Error('The seed is a whole number: --seed N.');
  if (!dialect) throw new Error(`The dialect is one of ${Object.keys(dialects).join(', ')}.`);
  const clinic = generateClinic({ seed, today: values.today, canary: values.canary ?? null });
  const written = writeExport(clinic, dialect, values.out);
  process.stdout.write(`${JSON.stringify(written)}\n`);
}

try {
  run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'The export failed.'}\n`);
  process.exitCode = 2;
}
