// Puts what was written down for a claim's workflow into the workflow's words: of a posting, what the books say now.
import { classifyDenial } from '../../../domain/claim/denial.ts';
import type { Posting } from '../../../domain/claim/machine-state.ts';
import type { Books } from '../../../domain/posting/books.ts';
import { GaitError } from '../../../domain/errors.ts';
import type { Heard } from '../../../workflows/claim/messages.ts';
import { systemPrincipal } from '../../http/principal.ts';
import { ledgerOf } from '../../posting/ledger.ts';
import type { Ledger } from '../../posting/ledger.ts';
import { openSaid } from '../../posting/records.ts';
import { claimRow, openClaim } from '../records.ts';
import type { LifeNeeds } from './needs.ts';
import type { ToTell } from './tables.ts';
import { termsOf } from './terms.ts';

/** What is told to one claim's workflow. A decision that settles a case settles the claims it replaced. */
export interface Telling {
  readonly claim: string;
  readonly heard: Heard;
}

export async function tellingsOf(
  needs: LifeNeeds,
  of: { readonly id: string; readonly clinic: string; readonly claim: string; readonly body: ToTell },
): Promise<Telling[]> {
  const { id, claim, body } = of;
  switch (body.what) {
    case 'acknowledgment': {
      const { what, ...said } = body;
      return [{ claim, heard: { what, id, said } }];
    }
    case 'status':
      return [{ claim, heard: { ...body, id } }];
    case 'posting': {
      const { posting, ledger } = await postingOf(needs, { ...of, remittanceClaim: body.remittanceClaim });
      const settled = posting.denial === null && posting.insuranceCents === 0 && !posting.reversal;
      const others = settled ? ledger.claims.map(({ ref }) => ref).filter((ref) => ref !== claim) : [];
      return [claim, ...others].map((ref) => ({ claim: ref, heard: { what: 'posting', id, posting } }));
    }
    case 'payment': {
      const opening = { purpose: 'claim.follow', actor: systemPrincipal('claims') };
      const { books, claims } = await ledgerOf(needs, of.clinic, claim, opening);
      const paid = { source: 'patient', reversal: false, denial: null, payerNumberKnown: false } as const;
      const posting = { ...paid, ledger: body.ledger, on: body.on, ...owedIn(books) };
      const refs = posting.insuranceCents === 0 ? claims.map(({ ref }) => ref) : [claim];
      return refs.map((ref) => ({ claim: ref, heard: { what: 'posting', id, posting } }));
    }
  }
}

async function postingOf(
  needs: LifeNeeds,
  of: { readonly clinic: string; readonly claim: string; readonly remittanceClaim: string },
): Promise<{ posting: Posting; ledger: Ledger }> {
  const { db, claimRules, policies, now } = needs;
  const { clinic, claim } = of;
  const actor = systemPrincipal('claims');
  const row = await db
    .selectFrom('remittance_claims as c')
    .innerJoin('remittances as r', 'r.ref', 'c.remittance')
    .select(['c.posting_order', 'c.posted_at', 'c.effect', 'c.payer_number_known', 'r.produced_on', 'r.paid_on'])
    .where('c.ref', '=', of.remittanceClaim)
    .executeTakeFirst();
  if (row === undefined || row.posting_order === null || row.posted_at === null)
    throw new GaitError('internal.bug', 'What was posted is not in the ledger.');
  const opening = { purpose: 'claim.follow', actor };
  const [one] = await openSaid(needs, clinic, [of.remittanceClaim], opening);
  if (one === undefined) throw new GaitError('internal.bug', 'What was posted is not in the vault.');
  const on = row.produced_on ?? row.paid_on ?? (await policies.today(db, clinic, row.posted_at ?? now())).date;
  const record = await claimRow(db, clinic, claim);
  const content = await openClaim(needs, record, opening);
  const terms = await termsOf(needs, db, record, content.claim, on);
  const { denial } = classifyDenial(one.said, { rows: claimRules.denials, terms, on });
  const ledger = await ledgerOf(needs, clinic, claim, opening);
  const reversal = row.effect === 'reverses';
  return {
    ledger,
    posting: {
      ledger: row.posting_order,
      source: 'remittance',
      on,
      reversal,
      denial: reversal ? null : denial,
      payerNumberKnown: row.payer_number_known,
      ...owedIn(ledger.books),
    },
  };
}

function owedIn({ standing, openCents, patientBalanceCents }: Books) {
  return {
    doubt: standing === 'contradictory' ? 'books.contradictory' : null,
    insuranceCents: openCents,
    patientCents: patientBalanceCents,
  };
}
