// The next move of a filing, and what a flow's answer settles: asked by its workflow, decided by the course, written down here.
import { noteKey } from '../../domain/effect/key.ts';
import { atInstant } from '../../domain/effect/permit.ts';
import { errorTable, isErrorCode } from '../../domain/errors.ts';
import { nextFilingMove, settleFiling } from '../../domain/note-filing/course.ts';
import type { FilingWord } from '../../domain/note-filing/course.ts';
import type { StepAnswer } from '../../domain/step/call.ts';
import type { FilingRef, NextFiling } from '../../workflows/note-filing/messages.ts';
import type { Trx } from '../database/tables.ts';
import { permitOf } from '../effects/store.ts';
import { giveToPerson } from './by-hand.ts';
import { courseOf, filingRow, updateFiling } from './needs.ts';
import type { FilingNeeds } from './needs.ts';
import { versionOf } from './signed-note.ts';

/** What comes of one delivery of the step `note.file`: the flow's answer, or the code of what kept it from answering. */
export interface Answered {
  readonly answer: StepAnswer | null;
  readonly code: string | null;
}

/** Says what to do now about a signed version. */
export function nextOf(needs: FilingNeeds, of: FilingRef): Promise<NextFiling> {
  return needs.db.transaction().execute(async (trx): Promise<NextFiling> => {
    const row = await filingRow(trx, of.clinic, of);
    const move = nextFilingMove(courseOf(row), needs.now().toISOString());
    if (move.kind !== 'file') return move;
    const { hash } = await versionOf(trx, row);
    return { kind: 'file', approval: hash, effectKey: noteKey(row) };
  });
}

/** Writes down what became of one delivery. What the server saw itself goes before what a flow says. */
export function settleAnswer(needs: FilingNeeds, of: FilingRef, answered: Answered): Promise<void> {
  return needs.db.transaction().execute(async (trx) => {
    const row = await filingRow(trx, of.clinic, of);
    const at = needs.now().toISOString();
    const before = courseOf(row);
    const word = (await seen(needs, trx, of)) ?? said(answered);
    const after = settleFiling(before, word, at);
    if (after.state === before.state && after.notBefore === before.notBefore && after.reason === before.reason) return;
    if (after.state === 'byHand') {
      const connection = await connectionOf(trx, of);
      await giveToPerson(needs, trx, row, { connection, reason: after.reason, why: whyByHand(after.reason) });
      return;
    }
    await updateFiling(needs, trx, row, {
      state: after.state,
      not_before: after.notBefore === null ? null : new Date(after.notBefore),
      reason: after.reason,
      ...(after.state === 'filed' ? { filed_at: needs.now() } : {}),
    });
  });
}

async function connectionOf(trx: Trx, of: FilingRef): Promise<string | null> {
  const row = await trx
    .selectFrom('effects')
    .select('connection')
    .where('clinic', '=', of.clinic)
    .where('key', '=', noteKey(of))
    .executeTakeFirst();
  return row?.connection ?? null;
}

function whyByHand(reason: string | null): string {
  return reason === null
    ? 'enter the signed note into the chart'
    : `the signed note could not be filed (${reason}); enter it into the chart`;
}

/** What the permit tells; null where nothing was ever let out. */
async function seen({ now }: FilingNeeds, trx: Trx, of: FilingRef): Promise<FilingWord | null> {
  const row = await trx
    .selectFrom('effects')
    .selectAll()
    .where('clinic', '=', of.clinic)
    .where('key', '=', noteKey(of))
    .executeTakeFirst();
  if (row === undefined) return null;
  const permit = atInstant(permitOf(row), now().toISOString());
  switch (permit.state) {
    case 'done':
      return { kind: 'filed' };
    case 'notSent': {
      const passes = permit.code === null || errorTable[permit.code].retry;
      const reason = permit.reasons[0]?.code ?? permit.code;
      return passes ? { kind: 'again', reason } : { kind: 'refused', reason: reason ?? 'vendor.rejected' };
    }
    default:
      return { kind: 'uncertain', inquireAt: permit.inquireAt };
  }
}

/** Nothing left: what kept it, by the flow's own word. A rule that a person lifts (an agreement, a pause) is asked about again. */
function said({ answer, code }: Answered): FilingWord {
  if (answer === null || code !== null) return { kind: 'again', reason: code };
  if ('error' in answer) {
    const { code: error } = answer.error;
    return errorTable[error].retry ? { kind: 'again', reason: error } : { kind: 'refused', reason: error };
  }
  const { outcome, structure } = answer;
  if (outcome === 'shadow') return { kind: 'shadow' };
  const rule = structure?.['rule'];
  if (typeof rule === 'string') return { kind: 'again', reason: rule };
  if (outcome === 'wait' || outcome === 'uncertain' || outcome === 'pending') return { kind: 'again', reason: null };
  return { kind: 'refused', reason: isErrorCode(outcome) ? outcome : 'flow.notFiled' };
}
