// How the patient moves and manages: gait, balance, activities, and the scores of outcome measures.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { touched } from '../../../domain/capture/carry.ts';
import type { Balance, FunctionalActivity, Gait, MeasureScore } from '../../../domain/session/schema.ts';
import { assistanceLevels, devices } from '../../../domain/session/words.ts';
import type { MeasureId } from '../../../domain/session/words.ts';
import { adder, asOptions, choices, pick, stepper, words } from '../controls.ts';
import type { Editing } from '../frame.ts';
import { entryClass, entryHead, listEditing, listSection, section, sideChoice } from '../frame.ts';

const noGait: Gait = { distance: null, unit: null, device: null, assistance: null, deviations: [] };

export function gaitSection(editing: Editing): TemplateResult {
  const { record, locked, change } = editing;
  const now = record.gait ?? noGait;
  const set = (changes: Partial<Gait>): void => change({ ...record, gait: touched(now, changes) });
  const head = listEditing<Gait>(record.gait === null ? [] : [record.gait], ([gait]) =>
    change({ ...record, gait: gait ?? null }),
  );
  return section(
    editing,
    { title: 'Gait', topic: 'gait', filled: record.gait !== null },
    html`<div class=${entryClass(now)}>
      ${record.gait === null ? nothing : entryHead(html`<strong>Walking</strong>`, 'walking', head, 0, locked)}
      <div class="capture-row">
        ${stepper({
          label: 'Distance',
          parts: true,
          value: now.distance,
          first: 50,
          step: 10,
          disabled: locked,
          onChange: (distance) => set({ distance, unit: now.unit ?? 'ft' }),
        })}
        ${choices({
          label: 'Unit',
          options: [
            ['ft', 'ft'],
            ['m', 'm'],
          ],
          chosen: now.unit,
          disabled: locked,
          onChoose: (unit) => set({ unit }),
        })}
        ${pick({
          label: 'Device',
          options: asOptions(devices),
          chosen: now.device,
          disabled: locked,
          onChoose: (device) => set({ device }),
        })}
        ${helpChoice(now, locked, (assistance) => set({ assistance }))}
      </div>
      ${textList(now.deviations, locked, 'Deviation', (deviations) => set({ deviations }))}
    </div>`,
  );
}

export function balanceSection(editing: Editing): TemplateResult {
  const { record, locked, change, view } = editing;
  const list = listEditing<Balance>(record.balance, (balance) => change({ ...record, balance }));
  const add = (test: string): void => list.add({ test, side: view.side, seconds: null, assistance: null });
  return listSection(
    editing,
    { title: 'Balance', topic: 'balance', list },
    {
      nameOf: ({ test }) => test,
      body: (one, at) =>
        html`<div class="capture-row">
          ${stepper({
            label: `Seconds, ${one.test}`,
            parts: true,
            value: one.seconds,
            first: 10,
            disabled: locked,
            onChange: (seconds) => list.set(at, { seconds }),
          })}
          ${sideChoice(one, locked, (side) => list.set(at, { side }))}
          ${helpChoice(one, locked, (assistance) => list.set(at, { assistance }))}
        </div>`,
      adding: () => offered(['single leg stance', 'tandem stance', 'feet together'], add, 'Another balance test'),
    },
  );
}

export function functionSection(editing: Editing): TemplateResult {
  const { record, locked, change } = editing;
  const list = listEditing<FunctionalActivity>(record.function, (activities) =>
    change({ ...record, function: activities }),
  );
  const add = (activity: string): void => list.add({ activity, assistance: null, words: null });
  return listSection(
    editing,
    { title: 'Function', topic: 'function', list },
    {
      nameOf: ({ activity }) => activity,
      body: (one, at) =>
        html`<div class="capture-row">
          ${helpChoice(one, locked, (assistance) => list.set(at, { assistance }))}
          ${words({
            label: 'How it goes',
            value: one.words,
            disabled: locked,
            onInput: (text) => list.set(at, { words: text }),
          })}
        </div>`,
      adding: () => offered(['sit to stand', 'stair climbing', 'transfers'], add, 'Another activity'),
    },
  );
}

function helpChoice(
  { assistance }: Pick<Gait, 'assistance'>,
  disabled: boolean,
  onChoose: (assistance: Gait['assistance']) => void,
): TemplateResult {
  return pick({ label: 'Help needed', options: asOptions(assistanceLevels), chosen: assistance, disabled, onChoose });
}

const measures = [
  ['lefs', 'LEFS (points)'],
  ['odi', 'ODI (percent)'],
  ['ndi', 'NDI (percent)'],
  ['quickdash', 'QuickDASH (points)'],
  ['psfs', 'PSFS (of 10)'],
  ['tug', 'TUG (seconds)'],
  ['six-minute-walk', 'Six-minute walk (meters)'],
  ['berg', 'Berg (points)'],
  ['nprs', 'NPRS (of 10)'],
] as const satisfies readonly (readonly [MeasureId, string])[];

export function measuresSection(editing: Editing): TemplateResult {
  const { record, locked, change } = editing;
  const list = listEditing<MeasureScore>(record.measures, (scores) => change({ ...record, measures: scores }));
  const open = measures.filter(([id]) => !record.measures.some(({ measure }) => measure === id));
  return listSection(
    editing,
    { title: 'Outcome measures', topic: 'measures', list },
    {
      nameOf: ({ measure }) => measures.find(([id]) => id === measure)?.[1] ?? measure,
      body: (one, at, name) =>
        stepper({
          label: `Score, ${name}`,
          parts: true,
          value: one.score,
          first: 0,
          disabled: locked,
          onChange: (score) => list.set(at, { score }),
        }),
      adding: () =>
        html`<div class="choices-row">
          ${open.map(
            ([measure, name]) =>
              html`<button type="button" @click=${() => list.add({ measure, score: null })}>+ ${name}</button>`,
          )}
        </div>`,
    },
  );
}

function offered(names: readonly string[], add: (name: string) => void, other: string): TemplateResult {
  return html`<div class="choices-row">
      ${names.map((name) => html`<button type="button" @click=${() => add(name)}>+ ${name}</button>`)}
    </div>
    ${adder(other, other, add)}`;
}

/** Short texts, each with its way out. */
export function textList(
  texts: readonly string[],
  locked: boolean,
  label: string,
  put: (texts: string[]) => void,
): TemplateResult {
  return html`<ul class="capture-texts">
      ${texts.map(
        (text, at) =>
          html`<li>
            <span>${text}</span>
            ${locked
              ? nothing
              : html`<button
                  type="button"
                  class="button small"
                  aria-label=${`Remove: ${text}`}
                  @click=${() => put(texts.filter((_, index) => index !== at))}
                >
                  Remove
                </button>`}
          </li>`,
      )}
    </ul>
    ${locked ? nothing : adder(label, label, (text) => put([...texts, text]))}`;
}
