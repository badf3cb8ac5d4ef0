// What happened, newest first: who, when, what.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Session, TimelineEvent } from '../api.ts';
import { dateInZone, datesInWords, instantInWords } from '../dates.ts';
import { eventInWords, roleInWords } from '../words.ts';
import { personInWords } from './page.ts';

function detailInWords({ event, detail }: TimelineEvent, today: string): string {
  return event === 'escalated' ? `to ${roleInWords(detail ?? '').toLowerCase()}` : datesInWords(detail ?? '', today);
}

export function history(events: readonly TimelineEvent[], session: Session, now: Date): TemplateResult {
  const today = dateInZone(now, session.clinic.timezone);
  const newestFirst = events.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return html`<ol class="history">
    ${newestFirst.map(
      (event) =>
        html`<li>
          <time datetime=${event.at}
            >${instantInWords(event.at, now, session.clinic.timezone)} · ${personInWords(event.by, session)}</time
          >
          ${eventInWords(event.event)}
          ${event.detail ? html`<span class="soft">${detailInWords(event, today)}</span>` : nothing}
          ${(event.documented ?? []).map(
            ({ label, value }) => html`<span class="documented">${label}: <strong>${value}</strong></span>`,
          )}
        </li>`,
    )}
  </ol>`;
}
