// Which element shows the page of a route.
import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Shell } from './parts/page.ts';
import { paths } from './router.ts';
import type { Route } from './router.ts';
import './pages/work-list.ts';
import './pages/work-item.ts';
import './pages/today.ts';
import './pages/care.ts';
import './pages/authorizations.ts';
import './pages/authorization.ts';
import './pages/benefits.ts';
import './pages/benefit.ts';
import './pages/claims.ts';
import './pages/claim.ts';
import './pages/charges.ts';
import './pages/denials.ts';
import './pages/remittances.ts';
import './pages/remittance.ts';
import './pages/figures.ts';
import './pages/rules.ts';
import './pages/morning-report.ts';
import './pages/connections.ts';
import './pages/data-audit.ts';
import './pages/schedule.ts';
import './pages/therapists.ts';
import './pages/signed-in.ts';
import './pages/keys.ts';
import './pages/audit.ts';
import './pages/messages.ts';
import './pages/patient-messages.ts';
import './pages/attendance.ts';
import './pages/waitlist.ts';
import './pages/freed-slot.ts';
import './pages/capture.ts';
import './pages/capture-session.ts';
import './pages/notes.ts';
import './pages/note.ts';
import './pages/session.ts';
import './pages/plan-of-care.ts';
import './pages/progress.ts';
import './pages/episode.ts';

/** The page that a route shows. */
export function pageOf(route: Route, shell: Shell): TemplateResult {
  switch (route.page) {
    case 'workList':
      return html`<gait-work-list .shell=${shell}></gait-work-list>`;
    case 'workItem':
      return html`<gait-work-item .shell=${shell} .itemId=${route.id}></gait-work-item>`;
    case 'today':
      return html`<gait-today .shell=${shell}></gait-today>`;
    case 'care':
      return html`<gait-care .shell=${shell}></gait-care>`;
    case 'authorizations':
      return html`<gait-authorizations .shell=${shell}></gait-authorizations>`;
    case 'authorization':
      return html`<gait-authorization .shell=${shell} .ref=${route.ref}></gait-authorization>`;
    case 'benefits':
      return html`<gait-benefits .shell=${shell}></gait-benefits>`;
    case 'benefit':
      return html`<gait-benefit .shell=${shell} .check=${route.check}></gait-benefit>`;
    case 'claims':
      return html`<gait-claims .shell=${shell}></gait-claims>`;
    case 'claim':
      return html`<gait-claim .shell=${shell} .claim=${route.ref}></gait-claim>`;
    case 'charges':
      return html`<gait-charges .shell=${shell}></gait-charges>`;
    case 'denials':
      return html`<gait-denials .shell=${shell}></gait-denials>`;
    case 'remittances':
      return html`<gait-remittances .shell=${shell}></gait-remittances>`;
    case 'remittance':
      return html`<gait-remittance .shell=${shell} .remittance=${route.ref}></gait-remittance>`;
    case 'figures':
      return html`<gait-figures .shell=${shell}></gait-figures>`;
    case 'rules':
      return html`<gait-rules .shell=${shell}></gait-rules>`;
    case 'morningReport':
      return html`<gait-morning-report .shell=${shell}></gait-morning-report>`;
    case 'connections':
      return html`<gait-connections .shell=${shell}></gait-connections>`;
    case 'signedIn':
      return html`<gait-signed-in .shell=${shell}></gait-signed-in>`;
    case 'keys':
      return html`<gait-keys .shell=${shell}></gait-keys>`;
    case 'dataAudit':
      return html`<gait-data-audit .shell=${shell}></gait-data-audit>`;
    case 'schedule':
      return html`<gait-schedule .shell=${shell}></gait-schedule>`;
    case 'therapists':
      return html`<gait-therapists .shell=${shell}></gait-therapists>`;
    case 'audit':
      return html`<gait-audit .shell=${shell}></gait-audit>`;
    case 'messages':
      return html`<gait-messages .shell=${shell}></gait-messages>`;
    case 'attendance':
      return html`<gait-attendance .shell=${shell}></gait-attendance>`;
    case 'patientMessages':
      return html`<gait-patient-messages .shell=${shell} .patient=${route.patient}></gait-patient-messages>`;
    case 'waitlist':
      return html`<gait-waitlist .shell=${shell}></gait-waitlist>`;
    case 'freedSlot':
      return html`<gait-freed-slot .shell=${shell} .slot=${route.slot}></gait-freed-slot>`;
    case 'capture':
      return html`<gait-capture .shell=${shell}></gait-capture>`;
    case 'captureSession':
      return html`<gait-capture-session .shell=${shell} .appointment=${route.appointment}></gait-capture-session>`;
    case 'notes':
      return html`<gait-notes .shell=${shell}></gait-notes>`;
    case 'note':
      return html`<gait-note .shell=${shell} .note=${route.note}></gait-note>`;
    case 'session':
      return html`<gait-session .shell=${shell} .session=${route.session}></gait-session>`;
    case 'planOfCare':
      return html`<gait-plan-of-care .shell=${shell} .plan=${route.plan}></gait-plan-of-care>`;
    case 'progress':
      return html`<gait-progress .shell=${shell} .patient=${route.patient}></gait-progress>`;
    case 'episode':
      return html`<gait-episode .shell=${shell} .patient=${route.patient}></gait-episode>`;
    case 'notFound':
      return html`<div class="panel empty">
        <h1>There is no such page</h1>
        <p><a href=${paths.workList}>Go to the work list</a></p>
      </div>`;
  }
}
