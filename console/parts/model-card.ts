// What a model of attendance rests on: how much it saw, how well it did on visits it had not seen, and against what.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { dayInWords } from '../dates.ts';
import type { ModelCard } from '../outreach.ts';
import { riskInWords } from '../outreach-words.ts';
import { calibration } from './calibration.ts';

export function modelCard(
  title: string,
  card: ModelCard,
  { today, what }: { readonly today: string; readonly what: string },
): TemplateResult {
  const { words, trainedOn, historyFrom, historyTo, visits, events, baseRate, trial } = card;
  const id = `model-${what.replaceAll(' ', '-')}`;
  const history =
    historyFrom === null || historyTo === null
      ? 'no visit yet'
      : `${dayInWords(historyFrom, today)} to ${dayInWords(historyTo, today)}`;
  return html`<section class="panel model-card" aria-labelledby=${id}>
    <div class="panel-head"><h2 id=${id}>${title}</h2></div>
    <div class="panel-body">
      <p>${words}.</p>
      <dl class="model-facts">
        ${fact('Looked at', `${visits} visits, ${events} ${what}`)} ${fact('From', history)}
        ${fact('Usual here', riskInWords(baseRate))} ${fact('Trained', dayInWords(trainedOn, today))}
        ${trial === null
          ? nothing
          : html`${fact('Mean squared error', trial.brier.toFixed(4))}
            ${fact('Of the usual for everybody', trial.baseBrier.toFixed(4))}`}
      </dl>
      ${trial === null ? nothing : calibration(trial)}
      <p class="small soft">
        It orders whom you look at first. Nobody is refused a visit or booked twice because of it.
      </p>
    </div>
  </section>`;
}

const fact = (label: string, value: string): TemplateResult =>
  html`<div>
    <dt>${label}</dt>
    <dd>${value}</dd>
  </div>`;
