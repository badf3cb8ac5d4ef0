// The parts of a plan of care on its page: goals, interventions, visits week by week with what bounds them.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { DraftGoal, PlanDraft } from '../../domain/plan-of-care/draft.ts';
import type { Bound } from '../../domain/plan-of-care/frequency.ts';
import type { ProtocolIntervention } from '../../domain/plan-of-care/protocol-schema.ts';
import { dayInWords } from '../dates.ts';
import { numberIn, withGoal, withIntervention, withWeek } from './plan-form.ts';

interface PartView {
  readonly draft: PlanDraft;
  readonly isOpen: boolean;
  readonly change: (next: PlanDraft) => void;
}

const boundMarks: Record<Bound['state'], string> = { fits: 'good', cuts: 'warn', unlimited: 'good', unknown: '' };
const boundWords: Record<Bound['state'], string> = {
  fits: 'fits',
  cuts: 'cuts',
  unlimited: 'no limit',
  unknown: 'unknown',
};

export function planGoals({ draft, isOpen, today, change }: PartView & { readonly today: string }): TemplateResult {
  return html`<section class="panel" aria-labelledby="plan-goals">
    <div class="panel-head"><h2 id="plan-goals">Goals</h2></div>
    <ol class="plan-goals">
      ${draft.goals.map((goal, at) => {
        const set = (next: Partial<DraftGoal> | null): void => change(withGoal(draft, at, next));
        return html`<li>
          ${isOpen
            ? html`<div class="draft-grid">
                ${field(`goal-${at}-words`, `Goal ${at + 1}`, goal.words, (words) => set({ words }), 'double')}
                ${field(`goal-${at}-from`, `From (${goal.unit})`, goal.baseline, (text) =>
                  set({ baseline: numberIn(text) }),
                )}
                ${field(`goal-${at}-to`, `To (${goal.unit})`, goal.target, (text) => set({ target: numberIn(text) }))}
                ${field(`goal-${at}-due`, 'By', goal.due, (due) => set({ due }), '', 'date')}
              </div>`
            : html`<p>
                <strong>${goal.words}</strong> ${valueOf(goal.baseline, goal.unit)} to
                ${valueOf(goal.target, goal.unit)}, by ${dayInWords(goal.due, today)}
              </p>`}
          <p class="small soft">${goal.term} term${goal.remark === null ? '' : `; ${goal.remark}`}</p>
          ${isOpen
            ? html`<button type="button" class="link-button small" @click=${() => set(null)}>
                Take out<span class="visually-hidden"> goal ${at + 1}</span>
              </button>`
            : nothing}
        </li>`;
      })}
    </ol>
  </section>`;
}

function valueOf(value: number | null, unit: string): string {
  return value === null ? 'unknown' : `${value} ${unit}`;
}

export function planInterventions({ draft, isOpen, change }: PartView): TemplateResult {
  return html`<section class="panel" aria-labelledby="plan-interventions">
    <div class="panel-head"><h2 id="plan-interventions">Interventions</h2></div>
    <ul class="plan-interventions">
      ${draft.interventions.map((one, at) => {
        const set = (next: Partial<ProtocolIntervention> | null): void => change(withIntervention(draft, at, next));
        return html`<li>
          ${isOpen
            ? html`<div class="draft-grid">
                ${field(`do-${at}-name`, `Intervention ${at + 1}`, one.name, (name) => set({ name }), 'double')}
                ${field(`do-${at}-sets`, 'Sets', one.sets, (text) => set({ sets: numberIn(text) }))}
                ${field(`do-${at}-reps`, 'Repetitions', one.repetitions, (text) =>
                  set({ repetitions: numberIn(text) }),
                )}
              </div>`
            : html`<p><strong>${one.name}</strong> ${doseOf(one)}</p>`}
          <p class="small soft">
            ${one.code}${one.progression === null ? '' : `; made harder ${one.progression}`}${one.holdSeconds === null
              ? ''
              : `; held ${one.holdSeconds} s`}
          </p>
          ${isOpen
            ? html`<button type="button" class="link-button small" @click=${() => set(null)}>
                Take out<span class="visually-hidden"> ${one.name}</span>
              </button>`
            : nothing}
        </li>`;
      })}
    </ul>
  </section>`;
}

function doseOf({ sets, repetitions }: ProtocolIntervention): string {
  return sets === null && repetitions === null ? '' : `${sets ?? '?'} × ${repetitions ?? '?'}`;
}

export function planVisits({ draft, isOpen, today, change }: PartView & { readonly today: string }): TemplateResult {
  const { visitsPerWeek, visits, wanted, from, to, bounds } = draft.frequency;
  return html`<section class="panel" aria-labelledby="plan-visits">
    <div class="panel-head">
      <h2 id="plan-visits">Visits</h2>
      <span class="small soft">${dayInWords(from, today)} to ${dayInWords(to, today)}</span>
    </div>
    <div class="panel-body">
      <p>
        <strong>${visits} visits</strong> in ${visitsPerWeek.length}
        weeks${visits < wanted ? html`; the protocol would have ${wanted}` : nothing}
      </p>
      <ol class="plan-weeks">
        ${visitsPerWeek.map(
          (count, at) =>
            html`<li>
              <label for=${`week-${at}`}>Week ${at + 1}</label>
              ${isOpen
                ? html`<input
                    id=${`week-${at}`}
                    type="number"
                    min="0"
                    max="7"
                    .value=${String(count)}
                    @change=${(event: Event) => {
                      const week = event.target instanceof HTMLInputElement ? numberIn(event.target.value) : null;
                      change(withWeek(draft, at, Math.min(7, Math.max(0, week ?? count))));
                    }}
                  />`
                : html`<strong>${count}</strong>`}
            </li>`,
        )}
      </ol>
      <ul class="plan-bounds">
        ${bounds.map(
          ({ state, words }) =>
            html`<li class="small"><span class="mark ${boundMarks[state]}">${boundWords[state]}</span> ${words}</li>`,
        )}
      </ul>
    </div>
  </section>`;
}

function field(
  id: string,
  label: string,
  value: string | number | null,
  onInput: (text: string) => void,
  size = '',
  type = 'text',
): TemplateResult {
  return html`<div class="field ${size}">
    <label for=${id}>${label}</label>
    <input
      id=${id}
      type=${type}
      autocomplete="off"
      placeholder=${value === null ? 'unknown' : ''}
      .value=${value === null ? '' : String(value)}
      @change=${(event: Event) => {
        if (event.target instanceof HTMLInputElement) onInput(event.target.value);
      }}
    />
  </div>`;
}
