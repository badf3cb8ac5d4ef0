// The letter that appeals a denial, drafted from the claim, the chart, the remittance and what became of the sending.
import { dateInZone } from '../../../domain/calendar.ts';
import { draftAppeal } from '../../../domain/claim/appeal.ts';
import { denialClasses } from '../../../domain/claim/denial-schema.ts';
import type { Trx } from '../../database/tables.ts';
import { chartOf } from '../../scrub/charts.ts';
import type { VaultRecord } from '../../vault/vault.ts';
import { openClaim } from '../records.ts';
import type { ClaimRow } from '../records.ts';
import type { LifeNeeds } from './needs.ts';
import { payerNumberOf } from './payer-number.ts';
import type { ClaimOpening } from './payer-number.ts';

/** The claim with the drafted letter. `context` is that of the item: the denial by its codes. */
export async function letterDraft(
  needs: LifeNeeds,
  row: ClaimRow,
  context: Readonly<Record<string, unknown>>,
  opening: ClaimOpening,
): Promise<VaultRecord> {
  const { trx } = opening;
  const draft = await openClaim(needs, row, opening);
  const { date, zone } = await needs.policies.today(trx, row.clinic, needs.now());
  const { denialClass, group, reason, remarks, cents, posting } = context;
  const days = await sendingDays(trx, row.ref, zone);
  const { text, statements } = draftAppeal({
    kind: context['what'] === 'reopening' ? 'reopening' : 'appeal',
    on: date,
    claim: draft.claim,
    payerClaimNumber: await payerNumberOf(needs, row, opening),
    denial: {
      class: denialClasses.find((one) => one === denialClass) ?? null,
      group: textIn(group),
      reason: textIn(reason),
      remarks: textIn(remarks)
        .split(' ')
        .filter((code) => code !== ''),
      cents: typeof cents === 'number' ? cents : null,
      decidedOn: await decidedOn(trx, textIn(posting)),
    },
    chart: (await chartOf(needs, trx, row.clinic, draft.claim))?.chart ?? null,
    ...days,
  });
  return { ...draft, letter: text, statements: [...statements] };
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The day of the remittance that denied it; null where a person was told. */
async function decidedOn(trx: Trx, posting: string): Promise<string | null> {
  const row = await trx
    .selectFrom('remittance_claims as c')
    .innerJoin('remittances as r', 'r.ref', 'c.remittance')
    .select(['r.produced_on', 'r.paid_on'])
    .where('c.ref', '=', posting.replace(/^posting\//, ''))
    .executeTakeFirst();
  return row?.produced_on ?? row?.paid_on ?? null;
}

/** When the claim was sent and acknowledged for the first time, by the clinic's calendar. */
async function sendingDays(
  trx: Trx,
  claim: string,
  zone: string,
): Promise<{ sentOn: string | null; acknowledgedOn: string | null }> {
  const rows = await trx
    .selectFrom('claim_events')
    .select(['type', 'at'])
    .where('claim', '=', claim)
    .where('type', 'in', ['submitted', 'acknowledged'])
    .orderBy('seq')
    .execute();
  const day = (type: string): string | null => {
    const first = rows.find((row) => row.type === type);
    return first === undefined ? null : dateInZone(first.at.toISOString(), zone);
  };
  return { sentOn: day('submitted'), acknowledgedOn: day('acknowledged') };
}
