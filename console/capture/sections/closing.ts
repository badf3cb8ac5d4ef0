// What the session comes to: goals touched, what was taught, the therapist's own words on how it stands and what comes next.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { GoalTouched } from '../../../domain/session/schema.ts';
import { choices, words } from '../controls.ts';
import type { Editing } from '../frame.ts';
import { entryClass, entryHead, listEditing, section } from '../frame.ts';
import { textList } from './function.ts';

const states = [
  ['met', 'Met'],
  ['progressing', 'Progressing'],
  ['unchanged', 'Unchanged'],
  ['declined', 'Declined'],
] as const;

export function goalsSection(editing: Editing): TemplateResult {
  const { record, visit, locked, change } = editing;
  const list = listEditing<GoalTouched>(record.goals, (goals) => change({ ...record, goals }));
  const wordsOf = (goal: string): string =>
    visit.goals.find(({ id }) => id === goal)?.words ?? 'A goal that is no longer in the plan of care';
  const open = visit.goals.filter(({ id }) => !record.goals.some(({ goal }) => goal === id));
  return section(
    editing,
    { title: 'Goals', topic: 'goals', filled: record.goals.length > 0 },
    html`${record.goals.map((one, at) => {
      const name = wordsOf(one.goal);
      return html`<div class=${entryClass(one)}>
        ${entryHead(html`<strong>${name}</strong>`, name, list, at, locked)}
        ${choices({
          label: 'Where it stands',
          options: states,
          chosen: one.state,
          disabled: locked,
          onChoose: (state) => list.set(at, { state }),
        })}
        ${words({
          label: 'In words',
          value: one.words,
          disabled: locked,
          onInput: (text) => list.set(at, { words: text }),
        })}
      </div>`;
    })}
    ${visit.goals.length === 0
      ? html`<p class="small soft">No goal of this patient is known: none came with the chart.</p>`
      : locked
        ? nothing
        : html`<div class="choices-row">
            ${open.map(
              ({ id, words: said }) =>
                html`<button type="button" @click=${() => list.add({ goal: id, state: null, words: null })}>
                  + ${said}
                </button>`,
            )}
          </div>`}`,
  );
}

export function closingSection(editing: Editing): TemplateResult {
  const { record, locked, change } = editing;
  return html`${section(
    editing,
    { title: 'Taught', topic: 'education', filled: record.education.length > 0 },
    textList(record.education, locked, 'What was taught', (education) => change({ ...record, education })),
  )}
  ${section(
    editing,
    { title: 'How it stands', topic: 'assessment', filled: record.assessment !== null },
    words({
      label: 'Your assessment',
      value: record.assessment,
      disabled: locked,
      onInput: (assessment) => change({ ...record, assessment }),
    }),
  )}
  ${section(
    editing,
    { title: 'What comes next', topic: 'plan', filled: record.plan !== null },
    words({
      label: 'Your plan',
      value: record.plan,
      disabled: locked,
      onInput: (plan) => change({ ...record, plan }),
    }),
  )}`;
}
