// The pages around messages beside each other: messages and calls, attendance.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Session } from '../api.ts';
import { paths } from '../router.ts';

/** Attendance is for those who see patients or the desk. */
export function outreachTabs(here: 'messages' | 'attendance', { user }: Session): TemplateResult | typeof nothing {
  if (!user.roles.some((role) => role !== 'biller')) return nothing;
  const tab = (id: typeof here, words: string): TemplateResult =>
    html`<a href=${paths[id]} aria-current=${id === here ? 'page' : nothing}>${words}</a>`;
  return html`<nav class="tabs" aria-label="Messages">
    ${tab('messages', 'Messages')} ${tab('attendance', 'Attendance')}
  </nav>`;
}
