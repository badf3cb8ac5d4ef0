// Gives a signed note to a person: the sections ready to copy into the chart, and one decision by name that it stands there.
import { signatureLines } from '../../connectors/note-filing/note.ts';
import type { EffectIdentity } from '../effects/store.ts';
import type { Trx } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { VaultRecord } from '../vault/vault.ts';
import type { FilingNeeds, FilingRow } from './needs.ts';
import { updateFiling } from './needs.ts';
import { signedNote, versionOf } from './signed-note.ts';

const hoursToEnter = 24;
const actor = systemPrincipal('noteFiling');

type Needs = Pick<FilingNeeds, 'now' | 'vault' | 'validator' | 'attestations' | 'workItems'>;

/** Opens the item, once per version, and leaves the filing to that person. `why` is a sentence without anything of the chart. */
export async function giveToPerson(
  needs: Needs,
  trx: Trx,
  filing: FilingRow,
  of: { readonly connection: string | null; readonly reason: string | null; readonly why: string },
): Promise<string> {
  const { clinic, note, version, patient } = filing;
  const name = await nameOf(trx, of.connection);
  const { workItem } = await needs.workItems.open(
    {
      clinic,
      key: `note.enter/${note}/${version}`,
      kind: 'note.enter',
      subject: patient,
      workflow: null,
      dueAt: new Date(needs.now().getTime() + hoursToEnter * 3_600_000).toISOString(),
      context: { note, version, connection: of.connection },
      reason: `${name ?? 'The PT system'}: ${of.why}`,
      draft: await draftOf(needs, trx, filing, name),
    },
    actor,
    trx,
  );
  await updateFiling(needs, trx, filing, {
    state: 'byHand',
    not_before: null,
    reason: of.reason,
    connection: of.connection,
    work_item: workItem,
  });
  return workItem;
}

/** Asks a person whether a note that was sent arrived: nobody else can tell. */
export async function askWhetherItArrived(
  needs: Pick<FilingNeeds, 'vault' | 'validator' | 'attestations' | 'workItems'>,
  trx: Trx,
  filing: FilingRow,
  effect: EffectIdentity,
  key: string,
): Promise<void> {
  const name = await nameOf(trx, effect.connection);
  await needs.workItems.open(
    {
      clinic: filing.clinic,
      key,
      kind: 'note.uncertain',
      subject: filing.patient,
      workflow: null,
      dueAt: null,
      effectKey: effect.key,
      context: { note: filing.note, version: filing.version, connection: effect.connection },
      reason: `${name ?? 'The PT system'}: look whether the note arrived in the chart; do not enter it before you know`,
      draft: await draftOf(needs, trx, filing, name),
    },
    actor,
    trx,
  );
}

async function nameOf(trx: Trx, connection: string | null): Promise<string | null> {
  if (connection === null) return null;
  const row = await trx.selectFrom('connections').select('name').where('id', '=', connection).executeTakeFirst();
  return row?.name ?? null;
}

async function draftOf(
  needs: Pick<FilingNeeds, 'vault' | 'validator' | 'attestations'>,
  trx: Trx,
  filing: FilingRow,
  system: string | null,
): Promise<VaultRecord> {
  const { record } = await versionOf(trx, filing);
  const opened = await needs.vault.open(filing.clinic, record, { purpose: 'note.enter', actor, trx });
  const note = await signedNote(needs, trx, filing, opened);
  const sections = note.sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ heading, lines }) => ({ label: heading, value: lines.join('\n') }));
  return {
    system: system ?? 'the PT system',
    values: [
      { label: 'Document', value: note.title },
      { label: 'Date of service', value: note.date },
      ...sections,
      { label: 'Signature', value: signatureLines(note).join('\n') },
    ],
  };
}
