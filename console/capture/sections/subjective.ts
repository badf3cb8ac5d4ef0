// What the patient says: pain from 0 to 10, what they report or deny, the home program, their own words.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { PainScore, Session } from '../../../domain/session/schema.ts';
import { bodyParts, symptoms } from '../../../domain/session/words.ts';
import type { Symptom } from '../../../domain/session/words.ts';
import { asOptions, choices, pick, words } from '../controls.ts';
import type { Editing } from '../frame.ts';
import { entryClass, entryHead, listEditing, section, sideOptions } from '../frame.ts';

const scores = Array.from({ length: 11 }, (_, score) => [score, String(score)] as const);
const times = { before: 'Pain before', after: 'Pain after', worst: 'Worst pain', best: 'Least pain' } as const;

export function painSection(editing: Editing): TemplateResult {
  const { record, locked, change, view } = editing;
  const list = listEditing<PainScore>(record.pain, (pain) => change({ ...record, pain }));
  const shown = (when: PainScore['when']): unknown => {
    const places = record.pain.flatMap((one, at) => (one.when === when ? [at] : []));
    if (places.length > 0) return places.map((at) => painEntry(list, at, locked));
    return choices<number>({
      label: times[when],
      options: scores,
      chosen: null,
      disabled: locked,
      onChoose: (score) =>
        score === null ? undefined : list.add({ when, score, part: null, side: view.side === null ? null : view.side }),
    });
  };
  return section(
    editing,
    { title: 'Pain', topic: 'pain', filled: record.pain.length > 0 },
    html`<div class="capture-scores">
      ${shown('before')}${shown('after')}
      <details>
        <summary>Worst and least</summary>
        ${shown('worst')}${shown('best')}
      </details>
    </div>`,
  );
}

function painEntry(list: ReturnType<typeof listEditing<PainScore>>, at: number, locked: boolean): unknown {
  const one = list.entries[at];
  if (one === undefined) return null;
  const name = times[one.when];
  return html`<div class=${entryClass(one)}>
    ${(one.unsure ?? []).length === 0 ? nothing : entryHead(html`<strong>${name}</strong>`, name, list, at, locked)}
    ${choices<number>({
      label: name,
      options: scores,
      chosen: one.score,
      disabled: locked,
      onChoose: (score) => (score === null ? list.remove(at) : list.set(at, { score })),
    })}
    <div class="capture-row">
      ${pick({
        label: 'Where',
        options: asOptions(bodyParts),
        chosen: one.part,
        disabled: locked,
        onChoose: (part) => list.set(at, { part }),
      })}
      ${choices({
        label: 'Side',
        options: sideOptions,
        chosen: one.side,
        disabled: locked,
        onChoose: (side) => list.set(at, { side }),
      })}
    </div>
  </div>`;
}

const common: readonly Symptom[] = [
  'numbness',
  'tingling',
  'stiffness',
  'swelling',
  'weakness',
  'falls',
  'sleep disturbance',
];
const done = [
  ['all', 'All of it'],
  ['most', 'Most'],
  ['some', 'Some'],
  ['none', 'None'],
] as const;

export function subjectiveSection(editing: Editing): TemplateResult {
  const { record, locked, change } = editing;
  const { subjective, homeProgram } = record;
  const said = (reports: Session['subjective']['reports']): void =>
    change({ ...record, subjective: { ...subjective, reports } });
  const symptom = (name: Symptom): TemplateResult => {
    const told = subjective.reports.find((one) => one.symptom === name);
    return choices<boolean>({
      label: name,
      options: [
        [true, 'Reports'],
        [false, 'Denies'],
      ],
      chosen: told?.present ?? null,
      disabled: locked,
      onChoose: (present) => {
        const rest = subjective.reports.filter((one) => one !== told);
        said(
          present === null
            ? rest
            : [...rest, { symptom: name, present, part: told?.part ?? null, side: told?.side ?? null }],
        );
      },
    });
  };
  return html`${section(
    editing,
    {
      title: 'What the patient says',
      topic: 'subjective',
      filled: subjective.words !== null || subjective.reports.length > 0,
    },
    html`${words({
        label: 'In their words',
        value: subjective.words,
        disabled: locked,
        onInput: (text) => change({ ...record, subjective: { ...subjective, words: text } }),
      })}
      <div class="capture-symptoms">${common.map(symptom)}</div>
      <details>
        <summary>More to ask</summary>
        <div class="capture-symptoms">${symptoms.filter((name) => !common.includes(name)).map(symptom)}</div>
      </details>`,
  )}
  ${section(
    editing,
    { title: 'Home program', topic: 'home program', filled: homeProgram !== null },
    html`<div class="capture-row">
      ${choices({
        label: 'How much was done',
        options: done,
        chosen: homeProgram?.done ?? null,
        disabled: locked,
        onChoose: (how) => {
          const nothing = how === null && (homeProgram?.words ?? null) === null;
          change({ ...record, homeProgram: nothing ? null : { done: how, words: homeProgram?.words ?? null } });
        },
      })}
      ${words({
        label: 'Notes',
        value: homeProgram?.words ?? null,
        disabled: locked,
        onInput: (text) => {
          const nothing = text === null && (homeProgram?.done ?? null) === null;
          change({ ...record, homeProgram: nothing ? null : { done: homeProgram?.done ?? null, words: text } });
        },
      })}
    </div>`,
  )}`;
}
