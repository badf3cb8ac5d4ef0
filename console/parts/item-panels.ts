// The panels of the item page that only show: the facts with their sources, the packet to copy, what was changed.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Json, WorkItemPage } from '../api.ts';
import { dateInZone, datesInWords, instantInWords, recordInWords } from '../dates.ts';
import { paths } from '../router.ts';
import { copyList } from './copy-list.ts';
import { fieldsShown } from './draft-form.ts';
import { asText, differences, fieldText, valueAt } from './draft-values.ts';

const isInstant = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

export function evidencePanel(page: WorkItemPage, now: Date, zone: string): TemplateResult | typeof nothing {
  const { evidence, item } = page;
  const today = dateInZone(now, zone);
  const words = (value: Json): string =>
    typeof value === 'string' && isInstant.test(value)
      ? instantInWords(value, now, zone)
      : datesInWords(asText(value), today);
  const subject = subjectPage(item);
  const link = subject === null ? nothing : html`<a class="small" href=${subject.path}>${subject.words}</a>`;
  return html`<section class="panel" aria-labelledby="facts-title">
    <div class="panel-head">
      <h2 id="facts-title">Facts</h2>
      ${link}
    </div>
    <div class="panel-body">
      ${evidence.length === 0
        ? html`<p class="soft">No facts were stored with this item.</p>`
        : html`<table class="facts">
            <thead class="visually-hidden">
              <tr>
                <th scope="col">Fact</th>
                <th scope="col">Value and source</th>
              </tr>
            </thead>
            <tbody>
              ${evidence.map(
                (fact) =>
                  html`<tr>
                    <th scope="row">${fact.label}</th>
                    <td>
                      ${words(fact.value)}${fact.source ? html`<span class="source">${fact.source}</span>` : nothing}
                    </td>
                  </tr>`,
              )}
            </tbody>
          </table>`}
    </div>
  </section>`;
}

/** The page of what an item is about. */
function subjectPage({
  subject,
  kind,
  payer,
}: WorkItemPage['item']): { readonly path: string; readonly words: string } | null {
  if (subject === null) return null;
  if (subject.startsWith('auth_')) return { path: paths.authorization(subject), words: 'Authorization' };
  if (subject.startsWith('chk_')) return { path: paths.benefit(subject), words: 'Benefit summary' };
  if (subject.startsWith('slot_')) return { path: paths.freedSlot(subject), words: 'Freed visit' };
  if (kind.startsWith('waitlist.')) return { path: paths.waitlist, words: 'Waitlist' };
  if (subject.startsWith('not_')) return { path: paths.note(subject), words: 'Note' };
  if (subject.startsWith('clm_')) return { path: paths.claim(subject), words: 'Claim' };
  if (subject.startsWith('pat_') && kind.startsWith('documentation.'))
    return { path: paths.progress(subject), words: 'Progress' };
  if (subject.startsWith('pat_')) return { path: paths.patientMessages(subject), words: 'Messages' };
  // A file in which no remittance could be read has no page, and no payer.
  return kind.startsWith('remittance.') && payer !== null
    ? { path: paths.remittance(subject), words: 'Remittance' }
    : null;
}

/** A draft to be read, not changed: what is known of it. */
export function readOnlyDraft(page: WorkItemPage, now: Date, zone: string): TemplateResult {
  const known = page.fields
    .map((field) => ({ label: field.label, words: fieldText(field, valueAt(page.draft, field.path)) }))
    .filter(({ words }) => words !== 'unknown' && words !== 'none');
  if (known.length === 0) return html`<p class="soft">Nothing is known yet.</p>`;
  return html`<dl>
    ${known.map(
      ({ label, words }) =>
        html`<div class="copy-line">
          <dt>${label}</dt>
          <dd class="value">${recordInWords(words, now, zone)}</dd>
        </div>`,
    )}
  </dl>`;
}

/** What is typed into a portal or a fax form, one line each. */
export function packetValues(page: WorkItemPage): TemplateResult {
  if (page.copyReady) return copyList(page.copyReady);
  const values = page.fields
    .filter((field) => field.copyReady)
    .map((field) => ({ field, value: valueAt(page.draft, field.path) }))
    .filter(({ value }) => value !== null && value !== '')
    .map(({ field, value }) => ({ label: field.label, value: fieldText(field, value) }));
  return copyList(values);
}

/** What a person changed since the first draft, saved or not. */
export function changesPanel(page: WorkItemPage, draft: Json): TemplateResult | typeof nothing {
  if (page.draft === null || page.fields.length === 0) return nothing;
  const first = page.firstDraft ?? page.draft;
  const changes = differences(first, draft, fieldsShown({ fields: page.fields, missing: page.missing }));
  if (changes.length === 0) return nothing;
  return html`<section class="panel" aria-labelledby="changes-title">
    <div class="panel-head"><h2 id="changes-title">Changed from the first draft</h2></div>
    <div class="panel-body">
      <table class="diff">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">First draft</th>
            <th scope="col">Now</th>
          </tr>
        </thead>
        <tbody>
          ${changes.map(
            (change) =>
              html`<tr>
                <th scope="row">${change.label}</th>
                <td><del>${change.before}</del></td>
                <td><ins>${change.after}</ins></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}
