// What PT systems hand over, asked for by a flow: everything new at once, or one kind of record.
import { recordKinds } from '../../connectors/pt-records/rows.ts';
import type { RecordKind } from '../../connectors/pt-records/rows.ts';
import { ptSystems } from '../../connectors/pt-systems.ts';
import type { Imports } from '../imports/import.ts';
import type { Reading } from './reading.ts';

/** `SYSTEM.records.import` brings everything and tells which authorizations changed, `SYSTEM.KIND.import` one kind and what changed of it. */
export function recordReadings({ imports }: { readonly imports: Imports }): ReadonlyMap<string, Reading> {
  const reading =
    (kinds?: readonly RecordKind[]): Reading =>
    async ({ clinic, connection, ask, by }) => {
      const limit = ask.options?.limit;
      const { outcome, structure, refs, items } = await imports.run({
        clinic,
        connection,
        by,
        ...(kinds === undefined ? {} : { kinds }),
        ...(limit === undefined ? {} : { limit }),
      });
      return { outcome, structure, refs, items };
    };
  return new Map(
    Object.keys(ptSystems).flatMap((system): [string, Reading][] => [
      [`${system}.records.import`, reading()],
      ...recordKinds.map((kind): [string, Reading] => [`${system}.${kind}.import`, reading([kind])]),
    ]),
  );
}
