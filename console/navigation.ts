// The links at the top of the console, by who is signed in.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Session } from './api.ts';
import { paths } from './router.ts';
import type { Route } from './router.ts';

/** The links to the pages that somebody of these roles works on. */
export function navigation(session: Session, current: Route['page']): TemplateResult[] {
  const pages: [Route['page'][], string, string][] = [
    [['workList', 'workItem'], paths.workList, 'Work list'],
    [['today'], paths.today, 'Today'],
    [['schedule', 'therapists', 'waitlist', 'freedSlot'], paths.schedule, 'Schedule'],
    [['messages', 'patientMessages', 'attendance'], paths.messages, 'Messages'],
    [['authorizations', 'authorization'], paths.authorizations, 'Authorizations'],
  ];
  if (session.user.roles.some((role) => role !== 'biller')) pages.push([['care'], paths.care, 'Care']);
  // A therapist treats; what a visit costs is settled at the desk.
  if (session.user.roles.some((role) => role !== 'therapist'))
    pages.push([['benefits', 'benefit'], paths.benefits, 'Benefits']);
  if (session.user.roles.includes('therapist')) pages.push([['capture', 'captureSession'], paths.capture, 'Capture']);
  if (session.user.roles.some((role) => role === 'therapist' || role === 'clinicalSpecialist'))
    pages.push([['notes', 'note', 'session', 'planOfCare', 'progress', 'episode'], paths.notes, 'Notes']);
  pages.push([
    ['claims', 'claim', 'charges', 'denials', 'remittances', 'remittance', 'figures', 'rules'],
    paths.claims,
    'Claims',
  ]);
  pages.push([['morningReport'], paths.morningReport, 'Morning report']);
  if (session.user.roles.includes('admin'))
    pages.push(
      [['connections', 'dataAudit'], paths.connections, 'Connections'],
      [['keys'], paths.keys, 'API keys'],
      [['audit'], paths.audit, 'Audit'],
    );
  return pages.map(
    ([names, path, label]) =>
      html`<a href=${path} aria-current=${names.includes(current) ? 'page' : nothing}>${label}</a>`,
  );
}
