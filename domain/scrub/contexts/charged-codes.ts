// The context `chargedCode`: each code charged on a day beside what the notes of that day tell of it.
import type { CaseLine, ScrubCase } from '../case.ts';
import { elementsSeen, textTold } from '../chart/documentation.ts';
import type { TreatmentDay } from '../chart/treatment-days.ts';
import { defineContext } from '../context.ts';

export const chargedCodeContext = defineContext({
  name: 'chargedCode',
  about: 'a code charged on a day (reporting codes apart), beside the notes of that day',
  facts: {
    code: { type: 'text', about: 'the code charged' },
    day: { type: 'date', about: 'the day of service' },
    timed: { type: 'truth', about: 'whether its time counts; null: the code is not in the tables' },
    documented: {
      type: 'truth',
      about: 'whether a note of the day has it; null: no visit of the day, or nothing told of it',
    },
    minutesTold: { type: 'truth', about: 'whether the note has its minutes; null: it is not documented' },
    textTold: { type: 'truth', about: 'whether the note says anything of it; null: the chart leaves that out' },
    lacksService: { type: 'list', about: 'what would tell that this service was given, and is not there' },
    lacksDetails: { type: 'list', about: 'what a reviewer looks for, and is not there' },
    against: { type: 'list', about: 'what in the note speaks of another service or level' },
  },
  items: (scrubbed) =>
    scrubbed.days.flatMap(({ day, lines, treated }) =>
      firstOfEachCode(lines, scrubbed).map(({ code, index }) => ({
        line: index,
        on: day,
        facts: {
          code,
          day,
          timed: isTimed(scrubbed, code),
          ...documentedFacts(scrubbed, treated, code),
        },
      })),
    ),
});

function firstOfEachCode(lines: readonly CaseLine[], { reference }: ScrubCase): { code: string; index: number }[] {
  const first = new Map<string, number>();
  for (const { code, index } of lines)
    if (code !== null && !first.has(code) && !reference.functionalReporting.codes.includes(code))
      first.set(code, index);
  return [...first].map(([code, index]) => ({ code, index }));
}

function isTimed({ tables }: ScrubCase, code: string): boolean | null {
  const facts = tables.codes.lookup(code);
  return facts === null ? null : facts.time.kind === 'timed';
}

function documentedFacts({ reference }: ScrubCase, treated: TreatmentDay | null, code: string) {
  const nothing = { lacksService: [], lacksDetails: [], against: [] };
  const unknown = { minutesTold: null, textTold: null, lacksService: null, lacksDetails: null, against: null };
  const those = treated?.interventions?.filter((one) => one.code === code) ?? null;
  if (treated === null || those === null) return { documented: null, ...unknown };
  if (those.length === 0) return { documented: false, ...unknown, ...nothing };
  const told = textTold(those);
  const text = those.map((one) => one.text ?? '').join('\n');
  const hasOutcome = treated.visits.some(({ outcomes }) => (outcomes?.length ?? 0) > 0);
  return {
    documented: true,
    minutesTold: those.every(({ minutes }) => typeof minutes === 'number'),
    textTold: told,
    ...(told === null
      ? { lacksService: null, lacksDetails: null, against: null }
      : told
        ? elementsSeen(reference.documentation, { code, on: treated.day, text, hasOutcome })
        : nothing),
  };
}
