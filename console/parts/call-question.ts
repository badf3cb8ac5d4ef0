// One question of a call with the control its answer needs: a choice, dollars, a count, a day.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { FieldKind } from '../../domain/eligibility/fields.ts';
import { periodChoices, serviceTypeInWords, yearChoices } from '../benefit-words.ts';
import type { CodeWords } from '../benefits.ts';
import { noLimit, nobodyKnows, nothingElse } from './call-answers.ts';

export interface CallQuestion {
  readonly name: string;
  readonly kind: FieldKind;
  readonly ask: string;
  readonly essential: boolean;
  readonly typed: string;
  readonly wrong: string | null;
  readonly words: CodeWords | null;
  /** The service asked about: it shares nothing with itself. */
  readonly service: string | null;
  readonly onChange: (name: string, value: string) => void;
}

const notFoundOut = 'I could not find out';

export function callQuestion(question: CallQuestion): TemplateResult {
  const { kind, name, ask, essential, wrong } = question;
  const label = html`${ask}${essential ? html` <span class="mark warn">matters</span>` : nothing}`;
  const hint = wrong === null ? nothing : html`<span class="hint" id="${idOf(name)}-hint">${wrong}</span>`;
  const state = wrong === null ? '' : 'missing';
  if (kind === 'yesNo' || kind === 'year' || kind === 'period' || kind === 'serviceTypes')
    return html`<fieldset class="field ${state}">
      <legend class="label">${label}</legend>
      <div class="choices">${kind === 'serviceTypes' ? sharedWith(question) : choices(question)}</div>
      ${hint}
    </fieldset>`;
  return html`<div class="field ${state}">
    <label for=${idOf(name)}>${label}</label>
    <div class="with-unit">${control(question)}${kind === 'limit' ? unlimited(question) : nothing}</div>
    ${hint}
  </div>`;
}

function idOf(name: string): string {
  return `q-${name.replace('.', '-')}`;
}

function choicesOf(kind: FieldKind): readonly (readonly [string, string])[] {
  if (kind === 'year') return yearChoices;
  if (kind === 'period') return periodChoices;
  return [
    ['yes', 'Yes'],
    ['no', 'No'],
  ];
}

function choices({ kind, name, typed, onChange }: CallQuestion): TemplateResult[] {
  return [...choicesOf(kind), [nobodyKnows, notFoundOut] as const].map(
    ([value, words]) =>
      html`<label
        ><input
          type="radio"
          name=${name}
          value=${value}
          .checked=${typed === value}
          @change=${() => onChange(name, value)}
        />${words}</label
      >`,
  );
}

/** The services that may share a limit with the one asked about. */
function sharedWith({ name, typed, words, service, onChange }: CallQuestion): TemplateResult[] {
  const chosen = typed === nothingElse || typed === nobodyKnows ? [] : typed.split(' ');
  const toggle = (code: string): string =>
    (chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code]).join(' ');
  const services = (words?.mayShareLimit ?? []).filter((code) => code !== service);
  const box = (label: string, checked: boolean, next: () => string): TemplateResult =>
    html`<label
      ><input type="checkbox" name=${name} .checked=${checked} @change=${() => onChange(name, next())} />${label}</label
    >`;
  return [
    ...services.map((code) => box(serviceTypeInWords(code, words), chosen.includes(code), () => toggle(code))),
    box('nothing else', typed === nothingElse, () => (typed === nothingElse ? nobodyKnows : nothingElse)),
  ];
}

function control({ kind, name, typed, wrong, onChange }: CallQuestion): TemplateResult {
  const unit = kind === 'cents' ? '$' : kind === 'share' ? '%' : null;
  const isLimitless = typed === noLimit;
  const input = html`<input
    id=${idOf(name)}
    name=${name}
    type=${kind === 'date' ? 'date' : 'text'}
    inputmode=${kind === 'cents' || kind === 'share'
      ? 'decimal'
      : kind === 'count' || kind === 'limit'
        ? 'numeric'
        : nothing}
    autocomplete="off"
    .value=${isLimitless ? '' : typed}
    ?disabled=${isLimitless}
    aria-invalid=${wrong === null ? nothing : 'true'}
    aria-describedby=${wrong === null ? nothing : `${idOf(name)}-hint`}
    @input=${(event: Event) => {
      if (event.target instanceof HTMLInputElement) onChange(name, event.target.value);
    }}
  />`;
  if (unit === null) return input;
  const sign = html`<span class="unit" aria-hidden="true">${unit}</span>`;
  return kind === 'cents' ? html`${sign}${input}` : html`${input}${sign}`;
}

function unlimited({ name, typed, onChange }: CallQuestion): TemplateResult {
  return html`<label class="tick"
    ><input
      type="checkbox"
      .checked=${typed === noLimit}
      @change=${() => onChange(name, typed === noLimit ? nobodyKnows : noLimit)}
    />no limit</label
  >`;
}
