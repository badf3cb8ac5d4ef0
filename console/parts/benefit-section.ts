// One coverage of a patient on the page of a check: first what decides about the visit, then every benefit, then what a person should know of it.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { setOfClinic } from '../../domain/eligibility/call-script.ts';
import { changesSince, sameCoverage } from '../../domain/eligibility/compare.ts';
import { fieldTable, isKnown } from '../../domain/eligibility/fields.ts';
import type { FieldName } from '../../domain/eligibility/fields.ts';
import type { BenefitSummary, Contact, Flag, SummaryReject } from '../../domain/eligibility/summary-schema.ts';
import type { Session } from '../api.ts';
import { asOfInWords, contactInWords, serviceTypeInWords, valueInWords } from '../benefit-words.ts';
import type { CodeWords, KeptSummary } from '../benefits.ts';
import { dateInZone, dayInWords, instantInWords } from '../dates.ts';
import { fieldsTable, toldField } from './benefit-fields.ts';
import type { Said } from './benefit-fields.ts';
import './copy-button.ts';
import { personInWords } from './page.ts';

const firstOfAll: readonly (readonly [FieldName, string])[] = [
  ['active', 'Coverage'],
  ['therapyCovered', 'Therapy'],
  ['copayCents', 'Copay'],
  ['coinsurance', 'Coinsurance'],
  ['deductibleLeftCents', 'Deductible left'],
  ['visitsLeft', 'Visits left'],
  ['authorizationRequired', 'Authorization'],
  ['referralRequired', 'Referral'],
];

interface Options extends Said {
  readonly session: Session;
  readonly before: readonly KeptSummary[];
}

export function benefitSection(summary: BenefitSummary, options: Options): TemplateResult {
  const { index, of, insuranceType, groupNumber } = summary.coverage;
  const key = `c${index}`;
  const set = setOfClinic(summary);
  const plan = isKnown(set.planName) ? set.planName.value : null;
  const title = of === 1 ? (plan ?? 'Coverage') : `Coverage ${index + 1} of ${of}${plan === null ? '' : `: ${plan}`}`;
  return html`<section class="panel benefit" aria-labelledby="${key}-title">
    <div class="panel-head">
      <h2 id="${key}-title">${title}</h2>
      <span class="small soft"
        >${[
          insuranceType === null ? '' : `insurance type ${insuranceType}`,
          groupNumber === null ? '' : `group ${groupNumber}`,
        ]
          .filter(Boolean)
          .join(' · ')}</span
      >
    </div>
    ${rejectNotices(summary.rejects)} ${flagList(summary.flags)}
    <dl class="figures">
      ${firstOfAll.map(
        ([name, label]) =>
          html`<div>
            <dt>${label}</dt>
            <dd class="words">${toldField(name, set[name], `${key}-first`, options)}</dd>
          </div>`,
      )}
    </dl>
    <p class="panel-body small soft no-print">
      Point at a value, move to it with Tab or tap it to see where it comes from.
    </p>
    ${fieldsTable(summary, key, options)}
    <div class="panel-body benefit-more">
      ${contactList(summary.contacts, options.words)} ${messages(summary)} ${otherPayers(summary)}
      ${callsOf(summary, options)} ${comparison(summary, options)} ${unusedOf(summary, options.words)}
      <p class="disclaimer">
        ${summary.disclaimer.text}
        <span>As of ${asOfInWords(summary.disclaimer.asOf, options.now, options.zone)}.</span>
      </p>
    </div>
  </section>`;
}

/** What the payer refused, what it means and what to do. */
export function rejectNotices(rejects: readonly SummaryReject[]): TemplateResult | typeof nothing {
  if (rejects.length === 0) return nothing;
  return html`<div class="panel-body notices">
    ${rejects.map(
      ({ code, at, meaning, fix, source }) =>
        html`<div class="notice danger">
          <strong>Refused: ${meaning ?? `code ${code}, which has no words here`}</strong>
          ${fix === null ? nothing : html`<span>What to do: ${fix}</span>`}
          <span class="small soft">Code ${code} about the ${whose[at]} · ${source}</span>
        </div>`,
    )}
  </div>`;
}

const whose: Record<SummaryReject['at'], string> = {
  source: 'payer',
  receiver: 'clinic',
  subscriber: 'subscriber',
  dependent: 'dependent',
};

export function flagList(flags: readonly Flag[]): TemplateResult | typeof nothing {
  // A refusal stands above with what to do about it.
  const shown = flags.filter(({ code }) => code !== 'refused');
  if (shown.length === 0) return nothing;
  return html`<div class="panel-body notices">
    <div class="notice warn">
      <strong>Look at this before the visit</strong>
      <ul class="plain">
        ${shown.map(
          ({ why, sources }) =>
            html`<li>
              ${why}${sources.length === 0 ? nothing : html` <span class="small soft">${sources.join('; ')}</span>`}
            </li>`,
        )}
      </ul>
    </div>
  </div>`;
}

/** Whom to call. */
export function contactList(contacts: readonly Contact[], words: CodeWords | null): TemplateResult {
  return html`<div>
    <h3>Who to call</h3>
    ${contacts.length === 0
      ? html`<p>unknown <span class="soft">– the answer names nobody; the number stands on the member’s card</span></p>`
      : html`<dl>
          ${contacts.map((contact) => {
            const label = contactInWords(contact, words);
            return html`<div class="copy-line">
              <dt>${label}</dt>
              <dd class="value">${contact.value}</dd>
              <dd><gait-copy-button .text=${contact.value} .what=${label}></gait-copy-button></dd>
            </div>`;
          })}
        </dl>`}
  </div>`;
}

function messages({ messages: all }: BenefitSummary): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  return html`<div>
    <h3>The payer’s own words, not read by Gait</h3>
    ${all.map(({ text, source }) => html`<blockquote>${text}<span class="small soft">${source}</span></blockquote>`)}
  </div>`;
}

function otherPayers({ otherPayers: others }: BenefitSummary): TemplateResult | typeof nothing {
  if (others.length === 0) return nothing;
  return html`<div>
    <h3>Other insurance the payer knows of</h3>
    <ul class="plain">
      ${others.map(
        ({ name, insuranceType, source }) =>
          html`<li>
            ${name ?? 'name unknown'}${insuranceType === null ? '' : `, insurance type ${insuranceType}`}
            <span class="small soft">${source}</span>
          </li>`,
      )}
    </ul>
  </div>`;
}

function callsOf({ calls }: BenefitSummary, { session, now, zone }: Options): TemplateResult | typeof nothing {
  if (calls.length === 0) return nothing;
  return html`<div>
    <h3>Completed on the phone</h3>
    <ul class="plain">
      ${calls.map(
        ({ by, at, reference }) =>
          html`<li>
            ${instantInWords(at, now, zone)} by ${personInWords(by, session)}, the payer’s reference:
            ${reference ?? 'unknown'}
          </li>`,
      )}
    </ul>
  </div>`;
}

/** What the answer before said otherwise. */
function comparison(summary: BenefitSummary, options: Options): TemplateResult {
  const { before, words, now, zone } = options;
  const earlier = before.flatMap((one) => (one.summary === null ? [] : [one.summary]));
  const last = sameCoverage(earlier, summary);
  const title = html`<h3>Compared with the answer before</h3>`;
  if (last === null)
    return html`<div>
      ${title}
      <p class="soft">There is no earlier answer about this coverage.</p>
    </div>`;
  const today = dateInZone(now, zone);
  const changes = changesSince([last], summary);
  // The same change in and out of network is one change.
  const shown = changes.filter(
    (change) =>
      change.set === 'inNetwork' ||
      !changes.some(
        (other) =>
          other.set === 'inNetwork' &&
          other.field === change.field &&
          JSON.stringify([other.before, other.after]) === JSON.stringify([change.before, change.after]),
      ),
  );
  const side = (change: (typeof changes)[number]): string => {
    const both = changes.filter(({ field }) => field === change.field);
    if (both.length === 2 && shown.filter(({ field }) => field === change.field).length === 1) return '';
    return change.set === 'inNetwork' ? ', in network' : ', out of network';
  };
  return html`<div>
    ${title}
    <p class="small soft">
      The answer before: as of ${asOfInWords(last.asOf, now, zone)}, for the visit of
      ${dayInWords(last.serviceDate, today)}.
    </p>
    ${shown.length === 0
      ? html`<p>Nothing that was known has changed.</p>`
      : html`<table class="diff">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Before</th>
              <th scope="col">Now</th>
            </tr>
          </thead>
          <tbody>
            ${shown.map(
              (change) =>
                html`<tr>
                  <th scope="row">
                    ${fieldTable[change.field].words}${side(change)}
                    ${change.isExpected ? html`<span class="small soft">moves with every visit</span>` : nothing}
                  </th>
                  <td><del>${valueInWords(change.field, change.before, words, today)}</del></td>
                  <td><ins>${valueInWords(change.field, change.after, words, today)}</ins></td>
                </tr>`,
            )}
          </tbody>
        </table>`}
  </div>`;
}

function unusedOf({ unused }: BenefitSummary, words: CodeWords | null): TemplateResult | typeof nothing {
  if (unused.length === 0) return nothing;
  return html`<details class="no-print">
    <summary>Statements about something else (${unused.length})</summary>
    <ul class="plain small">
      ${unused.map(
        ({ code, serviceTypes, source }) =>
          html`<li>
            Code
            ${code}${serviceTypes.length === 0
              ? ''
              : `: ${serviceTypes.map((type) => serviceTypeInWords(type, words)).join(', ')}`}
            <span class="soft">${source}</span>
          </li>`,
      )}
    </ul>
  </details>`;
}
