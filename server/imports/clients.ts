// Clients of a billing system's list: those nobody knows become patients; whom another system brought stays as that one says.
import type { Problem } from '../../connectors/csv/problems.ts';
import type { PatientRow } from '../../connectors/pt-records/rows.ts';
import type { Db, Trx } from '../database/tables.ts';
import { newReference } from '../vault/reference.ts';
import { sourceOf } from './origin.ts';
import type { Origin, Started } from './origin.ts';
import { noting } from './changes.ts';
import { storePatient } from './rows.ts';
import type { RowNeeds } from './needs.ts';
import { knownSource } from './sources.ts';

interface Needs extends RowNeeds {
  readonly db: Db;
}

/** Rows by what became of them; `elsewhere`: another system brought the patient. */
export type ClientCounts = Readonly<
  Record<'added' | 'changed' | 'same' | 'unmatched' | 'elsewhere' | 'unknownPayers', number>
>;

interface ClientTable {
  readonly sha256: string;
  readonly rows: readonly PatientRow[];
  readonly problems: readonly Problem[];
}

/** So many rows share a transaction: a crash repeats no more than these. */
const atOnce = 50;

/** Stores the rows of one list, whoever pays first before the others. The rows it could not take are listed with the imports. */
export async function storeClients(needs: Needs, from: Started, table: ClientTable): Promise<ClientCounts> {
  const counts = { added: 0, changed: 0, same: 0, unmatched: 0, elsewhere: 0 };
  const isFirst = (row: PatientRow): boolean => (row.coverage?.order ?? 'primary') === 'primary';
  const rows = [...table.rows.filter(isFirst), ...table.rows.filter((row) => !isFirst(row))];
  for (let start = 0; start < rows.length; start += atOnce)
    await needs.db.transaction().execute(async (trx) => {
      await noting(trx, from, needs.now(), async (origin) => {
        for (const row of rows.slice(start, start + atOnce)) counts[await storeClient(needs, trx, origin, row)] += 1;
      });
    });
  const unknownPayers = table.problems.filter(({ reason }) => reason === 'unknown payer').length;
  const { elsewhere, ...stored } = counts;
  await needs.db
    .insertInto('imports')
    .values({
      id: newReference('rec'),
      clinic: from.clinic,
      connection: from.connection,
      kind: 'clients',
      sha256: table.sha256,
      counts: JSON.stringify({ ...stored, same: stored.same + elsewhere, cancelled: 0, unknownPayers }),
      rejected: JSON.stringify(refused(table.problems)),
      at: needs.now(),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return { ...counts, unknownPayers };
}

/** The rows that were left out, by place and reason. */
export function refused(problems: readonly Problem[]): readonly Pick<Problem, 'row' | 'column' | 'reason'>[] {
  return problems.flatMap(({ row, column, reason, rejected }) => (rejected ? [{ row, column, reason }] : []));
}

async function storeClient(
  needs: Needs,
  trx: Trx,
  from: Origin,
  row: PatientRow,
): Promise<keyof Omit<ClientCounts, 'unknownPayers'>> {
  const { recordNumber } = row;
  const patient = await needs.vault.find(from.clinic, 'patient', { recordNumber }, { trx });
  const own = await knownSource(needs.keyring, trx, sourceOf(from, 'patient', [recordNumber]), row);
  if (patient !== null && own === null) return 'elsewhere';
  return storePatient(needs, trx, from, row);
}
