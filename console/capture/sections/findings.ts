// What was measured with hand and eye: range of motion, strength and special tests, from one pad of part, side and motion.
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { RangeOfMotion, SpecialTest, Strength } from '../../../domain/session/schema.ts';
import { bodyParts, strengthGrades } from '../../../domain/session/words.ts';
import { adder, asOptions, choices, pick, stepper } from '../controls.ts';
import type { Editing } from '../frame.ts';
import { listEditing, listSection, sideChoice, sideOptions } from '../frame.ts';
import { motionsOf } from '../joints.ts';

/** Part and side that the next taps on a motion are about. */
function pad({ view, look }: Editing, onMotion: (motion: RangeOfMotion['motion']) => void): TemplateResult {
  return html`<div class="capture-pad">
    <div class="capture-row">
      ${pick({
        label: 'Part',
        options: asOptions(bodyParts),
        chosen: view.part,
        onChoose: (part) => look({ part: part ?? view.part }),
      })}
      ${choices({ label: 'Side', options: sideOptions, chosen: view.side, onChoose: (side) => look({ side }) })}
    </div>
    <div class="choices-row">
      ${motionsOf(view.part).map(
        (motion) => html`<button type="button" @click=${() => onMotion(motion)}>+ ${motion}</button>`,
      )}
    </div>
  </div>`;
}

const placeInWords = (...parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join(' ');

export function rangeSection(editing: Editing): TemplateResult {
  const { record, locked, change, view, look } = editing;
  const list = listEditing<RangeOfMotion>(record.rangeOfMotion, (rangeOfMotion) =>
    change({ ...record, rangeOfMotion }),
  );
  return listSection(
    editing,
    { title: 'Range of motion', topic: 'range of motion', list },
    {
      nameOf: (one) => placeInWords(one.side, one.part, one.motion, one.mode),
      body: (one, at, name) =>
        stepper({
          label: `Degrees, ${name}`,
          unit: '°',
          value: one.degrees,
          first: 90,
          step: 5,
          min: -90,
          max: 220,
          disabled: locked,
          onChange: (degrees) => list.set(at, { degrees }),
        }),
      adding: () =>
        html`${choices({
          label: 'Moved',
          options: [
            ['active', 'Active'],
            ['passive', 'Passive'],
          ],
          chosen: view.mode,
          onChoose: (mode) => look({ mode: mode ?? view.mode }),
        })}
        ${pad(editing, (motion) =>
          list.add({ part: view.part, motion, side: view.side, mode: view.mode, degrees: null }),
        )}`,
    },
  );
}

export function strengthSection(editing: Editing): TemplateResult {
  const { record, locked, change, view } = editing;
  const list = listEditing<Strength>(record.strength, (strength) => change({ ...record, strength }));
  return listSection(
    editing,
    { title: 'Strength', topic: 'strength', list },
    {
      nameOf: (one) => placeInWords(one.side, one.part, one.motion ?? one.muscle),
      body: (one, at, name) =>
        choices({
          label: `Grade of 5, ${name}`,
          options: asOptions(strengthGrades),
          chosen: one.grade,
          disabled: locked,
          onChoose: (grade) => list.set(at, { grade }),
        }),
      adding: () =>
        html`${pad(editing, (motion) =>
          list.add({ part: view.part, motion, muscle: null, side: view.side, grade: null }),
        )}
        ${adder('Muscle by name', 'A muscle by name, of the part and side above', (muscle) =>
          list.add({ part: view.part, motion: null, muscle, side: view.side, grade: null }),
        )}`,
    },
  );
}

export function testsSection(editing: Editing): TemplateResult {
  const { record, locked, change, view } = editing;
  const list = listEditing<SpecialTest>(record.specialTests, (specialTests) => change({ ...record, specialTests }));
  return listSection(
    editing,
    { title: 'Special tests', topic: 'special tests', list },
    {
      nameOf: ({ name }) => name,
      body: (one, at) =>
        html`<div class="capture-row">
          ${choices<boolean>({
            label: `Result, ${one.name}`,
            options: [
              [true, 'Positive'],
              [false, 'Negative'],
            ],
            chosen: one.positive,
            disabled: locked,
            onChoose: (positive) => list.set(at, { positive }),
          })}
          ${sideChoice(one, locked, (side) => list.set(at, { side }))}
        </div>`,
      adding: () =>
        adder('Name of the test', 'Name of the test', (name) => list.add({ name, side: view.side, positive: null })),
    },
  );
}
