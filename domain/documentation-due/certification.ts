// When a plan of care must be certified, on either track of 2025, and when that certification runs out (42 CFR 424.24(c), 410.61).
import { addDays } from '../calendar.ts';
import { certificationOf } from '../scrub/chart/certification.ts';
import type { Certification } from '../scrub/chart/certification.ts';
import type { DueFacts, DueItem } from './item.ts';
import { certificationRule } from './rule-for.ts';
import type { PayerDue } from './schema.ts';
import { stateBy } from './state.ts';

type Terms = NonNullable<PayerDue['certification']>;

/** The open certification of the plan, and the next one that must follow it. */
export function certificationsDue(facts: DueFacts): DueItem[] {
  const plan = certificationOf(facts.chart, facts.days);
  if (plan === null) return facts.days.length === 0 ? [] : [unknown('There is no plan of care in the chart', null)];
  if (plan.start === null) return [unknown('The day of the initial treatment under the plan is not known', null)];
  const rule = certificationRule(facts, plan.start);
  if (rule === null || rule.certification === null)
    return [
      unknown('How this payer wants a plan certified is not known: ask the payer and record its rule', plan.start),
    ];
  const known: Known = { plan, start: plan.start, terms: rule.certification, rule };
  return [firstOf(facts, known), nextOf(facts, known)].filter((item) => item !== null);
}

interface Known {
  readonly plan: Certification;
  readonly start: string;
  readonly terms: Terms;
  readonly rule: PayerDue;
}

function firstOf(facts: DueFacts, { plan, start, terms, rule }: Known): DueItem | null {
  const initial = plan.recertification !== true;
  const due = initial ? addDays(start, terms.withinDays) : start;
  const tracks: readonly Terms['tracks'][number][] = initial ? terms.tracks : ['signature'];
  const standing = tracks.map((track) =>
    track === 'signature' ? bySignature(plan) : byOrder(plan, terms.withinDays, facts.today > due),
  );
  if (standing.some(({ held }) => held === true)) return null;
  const open = standing.filter(({ held }) => held === null);
  const kind = initial ? 'certification' : 'recertification';
  const base = { kind, about: start, due, treatmentDays: null, rule: rule.id, source: rule.source } as const;
  const words = `The plan of ${start} is not certified; due by ${due}: ${standing.map(({ words: said }) => said).join('; or ')}`;
  // Where one way is not known, the plan may be certified: that is unknown, and not overdue.
  const late = due < facts.today ? '. A late signature needs the reason for the delay' : '';
  return { ...base, state: open.length > 0 ? 'unknown' : stateBy(facts, due), words: words + late };
}

interface Standing {
  /** null: the chart does not tell. */
  readonly held: boolean | null;
  readonly words: string;
}

function bySignature({ signed }: Certification): Standing {
  if (signed === null) return { held: null, words: 'whether it is signed is not known' };
  return { held: signed, words: "the physician's dated signature is missing" };
}

/** A signed order on file, and the plan sent in time: both. */
function byOrder(plan: Certification, withinDays: number, over: boolean): Standing {
  const { orderOnFile, transmitted, transmittedAfterDays } = plan;
  if (orderOnFile === false)
    return { held: false, words: 'there is no signed order on file, so only a signature serves' };
  if (transmitted === true && transmittedAfterDays !== null && transmittedAfterDays > withinDays)
    return { held: false, words: `the plan was sent after ${transmittedAfterDays} days, later than ${withinDays}` };
  if (transmitted === false)
    return over
      ? { held: false, words: `the plan was not sent within ${withinDays} days` }
      : { held: false, words: 'with the signed order on file, send the plan and keep the proof' };
  if (orderOnFile === null) return { held: null, words: 'whether a signed order is on file is not known' };
  if (transmitted === null || transmittedAfterDays === null)
    return { held: null, words: 'whether and when the plan was sent is not known' };
  return { held: true, words: 'a signed order is on file and the plan was sent in time' };
}

function nextOf(facts: DueFacts, { plan, start, terms, rule }: Known): DueItem | null {
  if (facts.endedOn !== null) return null;
  const longest = addDays(start, terms.longestDays);
  const due = plan.end !== null && plan.end < longest ? plan.end : longest;
  const beyond = facts.ahead?.find((day) => day > due) ?? null;
  const why =
    plan.end === null
      ? `${terms.longestDays} days from the initial treatment; the plan's own end is not known and may be earlier`
      : due === plan.end
        ? "the plan's own end"
        : `${terms.longestDays} days from the initial treatment, earlier than the plan's end ${plan.end}`;
  const visit = beyond === null ? '' : `. The visit of ${beyond} lies after it`;
  return {
    kind: 'recertification',
    about: start,
    due,
    treatmentDays: null,
    state: stateBy(facts, due),
    words: `The certification of the plan of ${start} holds through ${due} (${why})${visit}`,
    rule: rule.id,
    source: rule.source,
  };
}

function unknown(words: string, about: string | null): DueItem {
  return {
    kind: 'certification',
    about,
    due: null,
    treatmentDays: null,
    state: 'unknown',
    words,
    rule: null,
    source: null,
  };
}
