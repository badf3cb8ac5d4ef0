// The context `assistedCode`: each code of a day beside what an assistant did of it and the units that say so (42 CFR 410.60(a)(4)).
import { assistantShare } from '../../units/assistant.ts';
import { assistantRuleOn } from '../../units/rule-schema.ts';
import type { AssistantRule } from '../../units/rule-schema.ts';
import { timedServices } from '../../units/services.ts';
import type { CaseLine, ScrubCase } from '../case.ts';
import { unitsBilled } from '../chart/billed-units.ts';
import { isAssistant } from '../chart/progress.ts';
import { sumOrNull } from '../chart/treatment-days.ts';
import type { Intervention } from '../chart/treatment-days.ts';
import { isTimedOn, timedMinutes } from '../chart/unit-count.ts';
import { defineContext } from '../context.ts';

export const assistedCodeContext = defineContext({
  name: 'assistedCode',
  about:
    'a code charged and documented on a day, with the minutes an assistant did alone; none before a rule was in force',
  facts: {
    code: { type: 'text', about: 'the code charged' },
    day: { type: 'date', about: 'the day of service' },
    modifier: { type: 'text', about: 'the modifier that tells of an assistant' },
    modifiers: { type: 'list', about: 'every modifier of the code on the day' },
    units: { type: 'number', about: 'units billed' },
    marked: { type: 'number', about: 'units billed with the modifier' },
    needed: { type: 'number', about: 'units that must carry it; null: the chart or the rule does not tell' },
    assistantMinutes: { type: 'number', about: 'minutes of the assistant alone; null: not told' },
    therapistMinutes: { type: 'number', about: 'minutes of the therapist; null: not told' },
    question: { type: 'text', about: 'what only a person can tell; null: nothing' },
  },
  items: (scrubbed) =>
    scrubbed.days.flatMap(({ day, lines, treated }) => {
      const rule = assistantRuleOn(scrubbed.reference.assistantRules, day);
      const done = treated?.interventions ?? null;
      if (rule === null || done === null) return [];
      return [...new Set(lines.flatMap(({ code }) => code ?? []))].flatMap((code) => {
        const those = done.filter((one) => one.code === code);
        if (those.length === 0) return [];
        const same = lines.filter((one) => one.code === code);
        const marked = same.filter(({ modifiers }) => modifiers.includes(rule.modifier));
        const units = unitsBilled(lines, code);
        const share = shareOf(scrubbed, { code, day, units, those, rule });
        return {
          line: lineToChange(same, rule.modifier, share.needed),
          on: day,
          facts: {
            code,
            day,
            modifier: rule.modifier,
            modifiers: [...new Set(same.flatMap(({ modifiers }) => modifiers))],
            units,
            marked: sumOrNull([0, ...marked.map(({ line }) => line.units)]),
            ...share,
          },
        };
      });
    }),
});

/** The first line without the modifier where one is needed, else the first with it. */
function lineToChange(lines: readonly CaseLine[], modifier: string, needed: number | null): number | null {
  const wanted = lines.find(({ modifiers }) => modifiers.includes(modifier) === (needed === 0));
  return (wanted ?? lines[0])?.index ?? null;
}

interface Share {
  readonly needed: number | null;
  readonly assistantMinutes: number | null;
  readonly therapistMinutes: number | null;
  readonly question: string | null;
}

interface Asked {
  readonly code: string;
  readonly day: string;
  readonly units: number | null;
  readonly those: readonly Intervention[];
  readonly rule: AssistantRule;
}

function shareOf(scrubbed: ScrubCase, { code, day, units, those, rule }: Asked): Share {
  const unknown = { needed: null, assistantMinutes: null, therapistMinutes: null, question: null };
  const hands = those.map(({ by }) => (typeof by === 'string' ? isAssistant(by) : null));
  if (units === null || hands.includes(null)) return unknown;
  const assistants = those.filter((_, at) => hands[at] === true);
  const therapists = those.filter((_, at) => hands[at] === false);
  const assistantMinutes = assistants.length === 0 ? 0 : sumOrNull(assistants.map(({ minutes }) => minutes));
  const therapistMinutes = therapists.length === 0 ? 0 : sumOrNull(therapists.map(({ minutes }) => minutes));
  const told = { ...unknown, assistantMinutes, therapistMinutes };
  if (assistants.length === 0) return { ...told, needed: 0 };
  if (therapists.length === 0) return { ...told, needed: units };
  if (assistantMinutes === null || therapistMinutes === null) return told;
  if (!isTimedOn(scrubbed, code, day)) {
    const exceeds = assistantMinutes * 100 > rule.exceedsPercent * (assistantMinutes + therapistMinutes);
    return { ...told, needed: exceeds ? units : 0 };
  }
  const minutes = timedMinutes(scrubbed, { day, visits: [], interventions: those }, []);
  const [service] = minutes === null ? [] : timedServices(minutes, scrubbed.tables.codes, day);
  if (service === undefined || service.furtherCode !== service.code) return told;
  const { modified, question } = assistantShare(service, units, assistantMinutes, rule);
  return { ...told, needed: modified, question };
}
