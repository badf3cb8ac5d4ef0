// Changes of a plan that is being edited, as pure functions: one goal, one intervention, one week at a time.
import type { DraftGoal, PlanDraft } from '../../domain/plan-of-care/draft.ts';
import type { ProtocolIntervention } from '../../domain/plan-of-care/protocol-schema.ts';

export function changed(one: PlanDraft, other: PlanDraft): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

export function withGoal(draft: PlanDraft, at: number, goal: Partial<DraftGoal> | null): PlanDraft {
  return { ...draft, goals: replaced(draft.goals, at, goal) };
}

export function withIntervention(
  draft: PlanDraft,
  at: number,
  intervention: Partial<ProtocolIntervention> | null,
): PlanDraft {
  return { ...draft, interventions: replaced(draft.interventions, at, intervention) };
}

/** Visits of one week changed; the sum follows. */
export function withWeek(draft: PlanDraft, at: number, visits: number): PlanDraft {
  const visitsPerWeek = draft.frequency.visitsPerWeek.map((count, index) => (index === at ? visits : count));
  const sum = visitsPerWeek.reduce((total, count) => total + count, 0);
  return { ...draft, frequency: { ...draft.frequency, visitsPerWeek, visits: sum } };
}

function replaced<Entry extends object>(list: readonly Entry[], at: number, change: Partial<Entry> | null): Entry[] {
  return list.flatMap((entry, index) => (index !== at ? [entry] : change === null ? [] : [{ ...entry, ...change }]));
}

/** A number of a field; null where it is empty or no number. */
export function numberIn(text: string): number | null {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}
