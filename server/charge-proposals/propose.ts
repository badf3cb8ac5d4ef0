// Works out what each closed session would be charged as, once for each of its revisions; a session that was changed is laid before a person again.
import { sql } from 'kysely';
import { codeTable } from '../../domain/billing-tables/codes.ts';
import { proposeCharges } from '../../domain/charge-proposal/propose.ts';
import { assistantRuleOn, unitRuleOf } from '../../domain/units/rule-schema.ts';
import type { CaptureNeeds } from '../documentation/needs.ts';
import { assertSession } from '../documentation/needs.ts';
import { systemPrincipal } from '../http/principal.ts';

const atOnce = 50;

/** One round over closed sessions. Returns how many were worked out. */
export async function proposeRound(needs: CaptureNeeds): Promise<number> {
  const { db, now } = needs;
  return db.transaction().execute(async (trx) => {
    const rows = await trx
      .selectFrom('session_records as s')
      .innerJoin('appointments as a', 'a.ref', 's.appointment')
      .innerJoin('patients as p', 'p.ref', 'a.patient')
      .leftJoin('charge_proposals as c', 'c.session', 's.ref')
      .select(['s.ref', 's.clinic', 's.date', 's.revision', 'a.patient', 'p.payer'])
      .where('s.state', '=', 'closed')
      .where(sql<boolean>`c.revision is distinct from s.revision`)
      .orderBy('s.closed_at')
      .limit(atOnce)
      .execute();
    const { unitRules, assistantRules } = needs.captureRules.units;
    const codes = codeTable(needs.captureRules.codes);
    for (const { ref, clinic, date, revision, patient, payer } of rows) {
      const opening = { purpose: 'charges.propose', actor: systemPrincipal('charges'), trx };
      const session: unknown = await needs.vault.open(clinic, ref, opening);
      assertSession(needs.validator, session);
      const line = payer === null ? 'unknown' : await needs.policies.lineOfBusiness(trx, clinic, payer, date);
      const rule = unitRuleOf(unitRules, { payer, lineOfBusiness: line === 'unknown' ? null : line, on: date });
      const assistant = assistantRuleOn(assistantRules, date);
      const proposal = proposeCharges(session, { codes, rule, assistant });
      const said = {
        clinic,
        patient,
        date,
        revision,
        state: 'proposed' as const,
        proposal: JSON.stringify(proposal),
        made_at: now(),
        decided_by: null,
        decided_at: null,
        reason: null,
      };
      await trx
        .insertInto('charge_proposals')
        .values({ session: ref, ...said })
        .onConflict((conflict) => conflict.column('session').doUpdateSet(said))
        .execute();
    }
    return rows.length;
  });
}
