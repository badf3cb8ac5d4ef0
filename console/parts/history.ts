// What happened, newest first: who, when, what.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Session, TimelineEvent } from '../api.ts';
import { instantInWords } from '../dates.ts';
import { personInWords } from './page.ts';

export function history(events: readonly TimelineEvent[], session: Session, now: Date): TemplateResult {
  const newestFirst = events.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return html`<ol class="history">
    ${newestFirst.map(
      (event) =>
        html`<li>
          <time datetime=${event.at}
            >${instantInWords(event.at, now, session.clinic.timezone)} · ${personInWords(event.by, session)}</time
          >
          ${event.event} ${event.detail ? html`<span class="soft">${event.detail}</span>` : nothing}
        </li>`,
    )}
  </ol>`;
}
