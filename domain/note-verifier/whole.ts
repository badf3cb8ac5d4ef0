// What concerns a document as a whole: findings it drops, who writes it, and how it stands to the last session.
import type { NoteDocument } from '../note/document-schema.ts';
import type { NoteSource } from '../note/source-schema.ts';
import type { Session } from '../session/schema.ts';
import { assistanceLevels, strengthGrades } from '../session/words.ts';
import type { Evidence } from './evidence.ts';
import type { Fact } from './facts.ts';
import type { NoteFinding } from './finding.ts';
import { codeHash } from './scan.ts';
import type { VerificationRules } from './rules-schema.ts';

type Row = { readonly effectiveFrom: string; readonly effectiveTo: string | null };

function isInForce({ effectiveFrom, effectiveTo }: Row, on: string): boolean {
  return effectiveFrom <= on && (effectiveTo === null || on <= effectiveTo);
}

function ofWhole(finding: Pick<NoteFinding, 'class' | 'severity' | 'message' | 'fix' | 'pointers'>): NoteFinding {
  return { ...finding, section: null, sentence: null, from: 0, to: 0 };
}

const adverse: ReadonlySet<string | null | undefined> = new Set(['more pain', 'modified', 'stopped']);

/** Findings of the session that the document does not tell. */
export function dropped(
  { current, told }: Evidence,
  { kind, date }: NoteDocument,
  rules: VerificationRules,
): NoteFinding[] {
  const row = rules.mustTell.find((each) => each.kind === kind && isInForce(each, date));
  if (row === undefined) return [];
  const kinds: ReadonlySet<string> = new Set(row.facts);
  const findings: NoteFinding[] = [];
  for (const fact of current.all) {
    if (!kinds.has(fact.kind) || fact.isEmpty || (fact.kind === 'goal' && fact.words['state'] === null)) continue;
    if (!told.facts.has(fact))
      findings.push(droppedOf(fact, `The document leaves out what was recorded: ${nameOf(fact)}.`));
    else if (adverse.has(fact.words['response']) && !told.responses.has(fact))
      findings.push(droppedOf(fact, `The document leaves out the response to ${nameOf(fact)}.`));
  }
  return [...findings, ...droppedCodes(current.all, told.codes)];
}

/** Where charges are listed, each of them is. */
function droppedCodes(facts: readonly Fact[], told: ReadonlySet<number>): NoteFinding[] {
  const charged = [...new Set(facts.flatMap(({ code }) => code ?? []))];
  const isTold = (code: string): boolean => told.has(codeHash(code));
  if (!charged.some(isTold)) return [];
  return charged
    .filter((code) => !isTold(code))
    .map((code) =>
      ofWhole({
        class: 'code',
        severity: 'block',
        message: `The document lists charges and leaves ${code} out.`,
        fix: 'Take it into the document, or take it out of the record.',
        pointers: facts.flatMap((fact) => (fact.code === code ? [fact.pointer] : [])),
      }),
    );
}

function droppedOf({ pointer }: Fact, message: string): NoteFinding {
  return ofWhole({
    class: 'dropped',
    severity: 'block',
    message,
    fix: 'Take it into the document, or take it out of the record.',
    pointers: [pointer],
  });
}

function nameOf({ kind, name, side, part, motion, muscle, measure, when, words }: Fact): string {
  const what = kind === 'motion' ? 'range of motion' : kind === 'homeProgram' ? 'home program' : kind;
  return [what, when, name ?? measure ?? words['symptom'], side, part, muscle ?? motion]
    .filter((word) => word !== null && word !== undefined)
    .join(', ');
}

/** Who may write it; a report made of an assistant's text alone is refused. */
export function authorship(
  source: NoteSource,
  { kind, date, author }: NoteDocument,
  rules: VerificationRules,
): NoteFinding[] {
  const row = rules.authors.find((each) => each.kind === kind && isInForce(each, date));
  if (row === undefined) return [];
  const refusal = (message: string, fix: string): NoteFinding[] => [
    ofWhole({ class: 'author', severity: 'block', message: `${message} ${row.message}`, fix, pointers: ['/author'] }),
  ];
  const credential = author?.credential ?? null;
  if (credential === null || !row.credentials.includes(credential))
    return refusal('Who writes this may not write it.', `Let one of these write it: ${row.credentials.join(', ')}.`);
  const sessions = [source.session, ...source.earlier];
  const hasClinician = sessions.some(({ clinicians }) =>
    clinicians.some((each) => each.credential !== null && row.credentials.includes(each.credential)),
  );
  if (row.needsClinicianSession && !hasClinician)
    return refusal(
      'Everything it is made of was written by assistants.',
      'Let a clinician see the patient and record what was found.',
    );
  return [];
}

/** What differs from the last session by more than people change between two visits. */
export function sinceLast({ session, earlier }: NoteSource, { leaps }: VerificationRules): NoteFinding[] {
  const last = earlier.at(-1);
  if (last === undefined) return [];
  return [...sideChanges(session, last), ...leapsOf(session, last, leaps)];
}

function ask(message: string, pointers: readonly string[]): NoteFinding {
  return ofWhole({
    class: 'last-note',
    severity: 'ask',
    message,
    fix: 'Check it against the last note; correct it or let it stand.',
    pointers: [...pointers],
  });
}

/** A joint that was treated on one side last time and on the other today. */
function sideChanges(session: Session, last: Session): NoteFinding[] {
  const sidesOf = (each: Session): Map<string, Set<string>> => {
    const sides = new Map<string, Set<string>>();
    for (const { part, side } of [...each.interventions, ...each.pain])
      if (part !== null && side !== null) sides.set(part, (sides.get(part) ?? new Set()).add(side));
    for (const { side } of each.interventions)
      if (side !== null) sides.set('treatment', (sides.get('treatment') ?? new Set()).add(side));
    return sides;
  };
  const before = sidesOf(last);
  const changed = [...sidesOf(session)].filter(([part, sides]) => {
    const then = before.get(part);
    return then !== undefined && [...sides].every((side) => !then.has(side));
  });
  return changed.map(([part]) =>
    ask(`The side is another than in the last session: ${part}.`, ['/session', '/earlier']),
  );
}

function leapsOf(session: Session, last: Session, limits: VerificationRules['leaps']): NoteFinding[] {
  const findings: NoteFinding[] = [];
  session.rangeOfMotion.forEach((entry, at) => {
    const then = last.rangeOfMotion.find(
      (other) =>
        other.part === entry.part &&
        other.motion === entry.motion &&
        other.side === entry.side &&
        other.mode === entry.mode,
    );
    if (
      then !== undefined &&
      then.degrees !== null &&
      entry.degrees !== null &&
      Math.abs(entry.degrees - then.degrees) >= limits.degrees
    )
      findings.push(
        ask(
          `${entry.part} ${entry.motion} changed by ${Math.abs(entry.degrees - then.degrees)}° since the last session.`,
          [`/session/rangeOfMotion/${at}`],
        ),
      );
  });
  session.strength.forEach((entry, at) => {
    const then = last.strength.find(
      (other) =>
        other.part === entry.part &&
        other.motion === entry.motion &&
        other.muscle === entry.muscle &&
        other.side === entry.side,
    );
    if (then === undefined || then.grade === null || entry.grade === null) return;
    const steps = Math.abs(strengthGrades.indexOf(entry.grade) - strengthGrades.indexOf(then.grade));
    if (steps >= limits.gradeSteps)
      findings.push(
        ask(`${entry.part} strength went from ${then.grade}/5 to ${entry.grade}/5 since the last session.`, [
          `/session/strength/${at}`,
        ]),
      );
  });
  const painOf = (each: Session): number | null => each.pain.find(({ when }) => when === 'before')?.score ?? null;
  const [pain, painThen] = [painOf(session), painOf(last)];
  if (pain !== null && painThen !== null && Math.abs(pain - painThen) >= limits.painPoints)
    findings.push(
      ask(`Pain before treatment went from ${painThen}/10 to ${pain}/10 since the last session.`, ['/session/pain']),
    );
  session.function.forEach((entry, at) => {
    const then = last.function.find(({ activity }) => activity === entry.activity);
    if (then === undefined || then.assistance === null || entry.assistance === null) return;
    const levels = Math.abs(assistanceLevels.indexOf(entry.assistance) - assistanceLevels.indexOf(then.assistance));
    if (levels >= limits.assistanceLevels)
      findings.push(
        ask(`${entry.activity}: from ${then.assistance} to ${entry.assistance} since the last session.`, [
          `/session/function/${at}`,
        ]),
      );
  });
  return findings;
}
