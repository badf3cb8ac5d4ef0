// The interventions a clinic uses, read out of its last sessions: what a tap adds on the capture page.
import type { SessionPrincipal } from '../http/principal.ts';
import type { CaptureNeeds } from './needs.ts';
import { assertSession } from './needs.ts';
import type { OfferedIntervention } from './rules.ts';

/** How many of the last sessions are read, and how many interventions are offered. */
const sessionsRead = 40;
const offered = 40;

/** The clinic's own interventions, the most used first, then the starting list's that it has not used. No dose and nobody's name. */
export async function recentInterventions(
  { db, vault, validator, captureRules }: CaptureNeeds,
  clinic: string,
  by: SessionPrincipal,
): Promise<readonly OfferedIntervention[]> {
  const rows = await db
    .selectFrom('session_records')
    .select('ref')
    .where('clinic', '=', clinic)
    .orderBy('updated_at', 'desc')
    .limit(sessionsRead)
    .execute();
  const refs = rows.map(({ ref }) => ref);
  const opened =
    refs.length === 0
      ? []
      : [...(await vault.openMany(clinic, refs, { purpose: 'session.recent', actor: by })).values()];
  const uses = new Map<string, { readonly one: OfferedIntervention; times: number }>();
  for (const record of opened) {
    const session: unknown = record;
    assertSession(validator, session);
    for (const { name, code, part } of session.interventions) {
      const key = name.toLowerCase();
      const known = uses.get(key);
      if (known === undefined) uses.set(key, { one: { name, code, part }, times: 1 });
      else known.times += 1;
    }
  }
  const own = [...uses.values()].sort((left, right) => right.times - left.times).map(({ one }) => one);
  const others = captureRules.starters.filter(({ name }) => !uses.has(name.toLowerCase()));
  return [...own, ...others].slice(0, offered);
}
