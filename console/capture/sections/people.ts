// Who treated, what kind of visit it is, how long it took as a whole, and how an assistant was supervised.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Session } from '../../../domain/session/schema.ts';
import { choices, pick, stepper } from '../controls.ts';
import type { Editing } from '../frame.ts';
import { replaceAt, section } from '../frame.ts';

const kinds = [
  ['evaluation', 'Evaluation'],
  ['treatment', 'Treatment'],
  ['reevaluation', 'Re-evaluation'],
  ['discharge', 'Discharge'],
] as const satisfies readonly (readonly [Session['kind'], string])[];

const titles = [
  ['PT', 'PT'],
  ['PTA', 'PTA'],
  ['student', 'Student'],
  ['aide', 'Aide'],
] as const;

export function peopleSection(editing: Editing): TemplateResult {
  const { record, day, locked, change } = editing;
  const named = new Set(record.clinicians.map(({ ref }) => ref));
  const others = day.people.filter(({ id }) => !named.has(id)).map(({ id, displayName }) => [id, displayName] as const);
  return section(
    editing,
    { title: 'Visit', topic: null, filled: true },
    html`<div class="capture-row">
        ${choices({
          label: 'Kind',
          options: kinds,
          chosen: record.kind,
          disabled: locked,
          onChoose: (kind) => change({ ...record, kind: kind ?? record.kind }),
        })}
        ${stepper({
          label: 'Total minutes',
          value: record.totalMinutes,
          first: 45,
          step: 5,
          max: 480,
          quick: [30, 45, 60],
          disabled: locked,
          onChange: (totalMinutes) => change({ ...record, totalMinutes }),
        })}
        ${stepper({
          label: 'Visit number',
          value: record.visitNumber,
          first: 1,
          min: 1,
          max: 300,
          disabled: locked,
          onChange: (visitNumber) => change({ ...record, visitNumber }),
        })}
      </div>
      <div class="capture-row">
        ${record.clinicians.map((clinician, at) => whoTreated(editing, clinician, at))}
        ${others.length === 0 || locked
          ? nothing
          : pick({
              label: 'Somebody else treated too',
              options: others,
              chosen: null,
              none: 'Nobody',
              onChoose: (ref) =>
                ref === null
                  ? undefined
                  : change({ ...record, clinicians: [...record.clinicians, { ref, credential: null }] }),
            })}
      </div>
      ${record.clinicians.some(({ credential }) => credential === 'PTA') ? supervision(editing) : nothing}`,
  );
}

function whoTreated(
  { record, day, locked, change }: Editing,
  { ref, credential }: Session['clinicians'][number],
  at: number,
): TemplateResult {
  const name = day.people.find(({ id }) => id === ref)?.displayName ?? 'A colleague';
  return choices({
    label: name,
    options: titles,
    chosen: titles.find(([one]) => one === credential)?.[0] ?? null,
    disabled: locked,
    onChoose: (chosen) =>
      change({ ...record, clinicians: replaceAt(record.clinicians, at, { ref, credential: chosen }) }),
  });
}

function supervision({ record, day, locked, change }: Editing): TemplateResult {
  const { supervision: now } = record;
  return html`<div class="capture-row">
    ${choices({
      label: 'The PTA was supervised',
      options: [
        ['general', 'General'],
        ['direct', 'Direct'],
      ],
      chosen: now?.kind ?? null,
      disabled: locked,
      onChoose: (kind) => change({ ...record, supervision: kind === null ? null : { kind, by: now?.by ?? null } }),
    })}
    ${now === null
      ? nothing
      : pick({
          label: 'By',
          options: day.people.map(({ id, displayName }) => [id, displayName] as const),
          chosen: now.by,
          disabled: locked,
          onChoose: (by) => change({ ...record, supervision: { ...now, by } }),
        })}
  </div>`;
}
