// "Improved from 95° to 110°": whether the values behind a change go the way the words say.
import { emptyContext } from './context.ts';
import type { Evidence } from './evidence.ts';
import type { Fact, FactKind } from './facts.ts';
import type { Sense, Traced } from './sense.ts';

const downIsBetter: ReadonlySet<string> = new Set(['odi', 'ndi', 'quickdash', 'tug', 'nprs']);

/** Whether a lower value is the better one. */
function isDownBetter({ kind, measure }: Fact): boolean {
  return kind === 'pain' || (measure !== null && downIsBetter.has(measure));
}

export function checkTrend(evidence: Evidence, sense: Sense): void {
  const { trend } = sense;
  if (trend === null) return;
  const values = sense.traced.filter(({ facts }) => facts.some(({ kind }) => comparable.has(kind)));
  const then = values.find(({ atom }) => isFrom(sense, atom)) ?? values[0];
  const last = values.findLast((each) => each !== then) ?? values.at(-1);
  if (last === undefined) {
    checkWithoutValues(evidence, sense, trend.word, trend.from, trend.to);
    return;
  }
  const changes =
    values.length > 1 ? [last.atom.number - (then?.atom.number ?? NaN)] : changesOf(evidence, sense, last);
  const isUndated = changes.length === 0 && sense.earlierDates.length === 0;
  if (isUndated || changes.some((change) => fits(trend.word, change, last.facts))) return;
  sense.doubts.push({
    class: 'trend',
    from: trend.from,
    to: trend.to,
    message: 'The values on record go another way than the words say.',
    fix: 'Say what the values show, or correct the values.',
    pointers: values.flatMap(({ facts }) => facts.map(({ pointer }) => pointer)),
  });
}

/** "reduced from 52": the value a change began at. */
function isFrom({ atoms }: Sense, atom: Traced['atom']): boolean {
  const before = atoms[atoms.indexOf(atom) - 1];
  return before?.what === 'role' && before.word === 'from';
}

const comparable: ReadonlySet<FactKind> = new Set(['pain', 'motion', 'strength', 'measure', 'gait', 'balance']);

function fits(word: string, change: number, facts: readonly Fact[]): boolean {
  const better = facts.some(isDownBetter) ? change < 0 : change > 0;
  switch (word) {
    case 'same':
      return change === 0;
    case 'up':
      return change > 0;
    case 'down':
      return change < 0;
    case 'better':
      return better;
    default:
      return change !== 0 && !better;
  }
}

/** The changes of a value against the sessions the sentence speaks of, or against every earlier one. */
function changesOf(evidence: Evidence, { earlierDates }: Sense, { atom, facts }: Traced): number[] {
  const sessions = earlierDates.length > 0 ? earlierDates : evidence.source.earlier.map((_, at) => at);
  const changes: number[] = [];
  for (const fact of facts)
    for (const at of sessions)
      for (const list of evidence.earlier(at).byUnit.values())
        for (const other of list) if (isSameThing(fact, other.fact)) changes.push(atom.number - other.value);
  const [fact] = facts;
  if (fact?.kind === 'pain' && earlierDates.length === 0)
    for (const other of evidence.current.byUnit.get('of10') ?? [])
      if (other.fact.kind === 'pain' && other.fact !== fact && samePlace(other.fact, fact))
        changes.push(atom.number - other.value);
  return changes;
}

function samePlace(one: Fact, other: Fact): boolean {
  return one.side === other.side && one.part === other.part;
}

export function isSameThing(one: Fact, other: Fact): boolean {
  return (
    one.kind === other.kind &&
    samePlace(one, other) &&
    one.motion === other.motion &&
    one.mode === other.mode &&
    one.muscle === other.muscle &&
    one.when === other.when &&
    one.measure === other.measure &&
    one.name === other.name
  );
}

/** "Pain has decreased": there must be two values to compare, and one pair must go that way; or somebody wrote it. */
function checkWithoutValues(evidence: Evidence, sense: Sense, word: string, from: number, to: number): void {
  const kind = kindSpokenOf(sense);
  if (kind === null) return;
  const about = evidence.current.all.filter((fact) => fact.kind === kind && !fact.isEmpty);
  const changes = about.flatMap((fact) => {
    const value = valueOf(evidence, fact);
    return value === null
      ? []
      : changesOf(evidence, sense, {
          atom: { ...anAtom(sense), number: value },
          facts: [fact],
          context: emptyContext(),
        }).map((change) => fits(word, change, [fact]));
  });
  if (changes.some((fit) => fit)) return;
  if (evidence.texts().some(({ atoms }) => atoms.some((own) => own.what === 'trend' && own.word === word))) return;
  sense.doubts.push({
    class: 'trend',
    from,
    to,
    message:
      changes.length === 0
        ? 'There are no two values on record that would show a change.'
        : 'The values on record go another way than the words say.',
    fix: 'Say what the values show, or record what was found.',
    pointers: about.map(({ pointer }) => pointer),
  });
}

function anAtom({ atoms }: Sense): Traced['atom'] {
  const [first] = atoms;
  if (first === undefined) throw new Error('A sentence with a trend has an atom');
  return first;
}

function kindSpokenOf({ atoms }: Sense): FactKind | null {
  for (const { what, word } of atoms) {
    if (what === 'measure') return 'measure';
    if (what === 'symptom' && word === 'pain') return 'pain';
    if (what === 'motion' || (what === 'topic' && word === 'motion')) return 'motion';
    if (what === 'topic' && word === 'strength') return 'strength';
  }
  return null;
}

function valueOf({ current }: Evidence, fact: Fact): number | null {
  for (const list of current.byUnit.values()) {
    const found = list.find((valued) => valued.fact === fact);
    if (found !== undefined) return found.value;
  }
  return null;
}
