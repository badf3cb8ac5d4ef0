// Whether Klara works, as its public status page tells it: no patient is in it, so it travels whole.
import { klaraOperations } from '../../connectors/klara/operations.ts';
import { done } from './done.ts';
import type { Reading } from './reading.ts';

const status: Reading = async ({ open }) => {
  const operation = klaraOperations['klara.status.get'];
  const told = done(await operation.run(await open(operation), {}));
  const works = told.indicator === null ? 'unknown' : told.indicator === 'none' ? 'works' : 'disturbed';
  return { outcome: works, structure: { ...told }, refs: [] };
};

export function klaraReadings(): ReadonlyMap<string, Reading> {
  return new Map([['klara.status.get', status]]);
}
