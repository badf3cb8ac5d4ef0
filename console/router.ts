// Addresses of the console: which page a path shows, and how a page moves to another one without a reload.
// A path holds opaque references only, never a name, a search text or a form value.

export type Route =
  | { readonly page: 'workList' }
  | { readonly page: 'today' }
  | { readonly page: 'workItem'; readonly id: string }
  | { readonly page: 'care' }
  | { readonly page: 'authorizations' }
  | { readonly page: 'authorization'; readonly ref: string }
  | { readonly page: 'benefits' }
  | { readonly page: 'benefit'; readonly check: string }
  | { readonly page: 'claims' }
  | { readonly page: 'claim'; readonly ref: string }
  | { readonly page: 'denials' }
  | { readonly page: 'charges' }
  | { readonly page: 'remittances' }
  | { readonly page: 'remittance'; readonly ref: string }
  | { readonly page: 'figures' }
  | { readonly page: 'rules' }
  | { readonly page: 'morningReport' }
  | { readonly page: 'connections' }
  | { readonly page: 'signedIn' }
  | { readonly page: 'keys' }
  | { readonly page: 'audit' }
  | { readonly page: 'dataAudit' }
  | { readonly page: 'schedule' }
  | { readonly page: 'therapists' }
  | { readonly page: 'messages' }
  | { readonly page: 'attendance' }
  | { readonly page: 'patientMessages'; readonly patient: string }
  | { readonly page: 'waitlist' }
  | { readonly page: 'freedSlot'; readonly slot: string }
  | { readonly page: 'capture' }
  | { readonly page: 'captureSession'; readonly appointment: string }
  | { readonly page: 'notes' }
  | { readonly page: 'note'; readonly note: string }
  | { readonly page: 'session'; readonly session: string }
  | { readonly page: 'planOfCare'; readonly plan: string }
  | { readonly page: 'progress'; readonly patient: string }
  | { readonly page: 'episode'; readonly patient: string }
  | { readonly page: 'notFound' };

const base = '/console/';
const opaque = /^[A-Za-z0-9_-]{1,64}$/;

/** The page of a path such as `/console/work-items/wi_…`; anything unknown is `notFound`. */
export function routeOf(path: string): Route {
  if (path === '/console') return { page: 'workList' };
  if (!path.startsWith(base)) return { page: 'notFound' };
  const [head = '', id, ...more] = path.slice(base.length).replace(/\/$/, '').split('/');
  if (head === 'patients' && more.length === 1 && id !== undefined && opaque.test(id)) {
    if (more[0] === 'messages') return { page: 'patientMessages', patient: id };
    if (more[0] === 'progress') return { page: 'progress', patient: id };
    if (more[0] === 'episode') return { page: 'episode', patient: id };
  }
  if (more.length > 0 || (id !== undefined && !opaque.test(id))) return { page: 'notFound' };
  if (id !== undefined) {
    if (head === 'work-items') return { page: 'workItem', id };
    if (head === 'authorizations') return { page: 'authorization', ref: id };
    if (head === 'benefits') return { page: 'benefit', check: id };
    if (head === 'claims') return { page: 'claim', ref: id };
    if (head === 'remittances') return { page: 'remittance', ref: id };
    if (head === 'waitlist') return { page: 'freedSlot', slot: id };
    if (head === 'capture') return { page: 'captureSession', appointment: id };
    if (head === 'notes') return { page: 'note', note: id };
    if (head === 'sessions') return { page: 'session', session: id };
    if (head === 'plans-of-care') return { page: 'planOfCare', plan: id };
    return { page: 'notFound' };
  }
  switch (head) {
    case '':
    case 'work-items':
      return { page: 'workList' };
    case 'today':
      return { page: 'today' };
    case 'care':
      return { page: 'care' };
    case 'authorizations':
      return { page: 'authorizations' };
    case 'benefits':
      return { page: 'benefits' };
    case 'claims':
      return { page: 'claims' };
    case 'denials':
      return { page: 'denials' };
    case 'charges':
      return { page: 'charges' };
    case 'remittances':
      return { page: 'remittances' };
    case 'figures':
      return { page: 'figures' };
    case 'rules':
      return { page: 'rules' };
    case 'morning-report':
      return { page: 'morningReport' };
    case 'connections':
      return { page: 'connections' };
    case 'signed-in':
      return { page: 'signedIn' };
    case 'keys':
      return { page: 'keys' };
    case 'data-audit':
      return { page: 'dataAudit' };
    case 'schedule':
      return { page: 'schedule' };
    case 'therapists':
      return { page: 'therapists' };
    case 'messages':
      return { page: 'messages' };
    case 'attendance':
      return { page: 'attendance' };
    case 'audit':
      return { page: 'audit' };
    case 'waitlist':
      return { page: 'waitlist' };
    case 'capture':
      return { page: 'capture' };
    case 'notes':
      return { page: 'notes' };
    default:
      return { page: 'notFound' };
  }
}

export const paths = {
  workList: base,
  today: `${base}today`,
  workItem: (id: string): string => `${base}work-items/${encodeURIComponent(id)}`,
  care: `${base}care`,
  authorizations: `${base}authorizations`,
  authorization: (ref: string): string => `${base}authorizations/${encodeURIComponent(ref)}`,
  benefits: `${base}benefits`,
  benefit: (check: string): string => `${base}benefits/${encodeURIComponent(check)}`,
  claims: `${base}claims`,
  claim: (ref: string): string => `${base}claims/${encodeURIComponent(ref)}`,
  denials: `${base}denials`,
  charges: `${base}charges`,
  remittances: `${base}remittances`,
  remittance: (ref: string): string => `${base}remittances/${encodeURIComponent(ref)}`,
  figures: `${base}figures`,
  rules: `${base}rules`,
  morningReport: `${base}morning-report`,
  connections: `${base}connections`,
  keys: `${base}keys`,
  audit: `${base}audit`,
  dataAudit: `${base}data-audit`,
  schedule: `${base}schedule`,
  therapists: `${base}therapists`,
  messages: `${base}messages`,
  attendance: `${base}attendance`,
  patientMessages: (patient: string): string => `${base}patients/${encodeURIComponent(patient)}/messages`,
  waitlist: `${base}waitlist`,
  freedSlot: (slot: string): string => `${base}waitlist/${encodeURIComponent(slot)}`,
  capture: `${base}capture`,
  notes: `${base}notes`,
  note: (note: string): string => `${base}notes/${encodeURIComponent(note)}`,
  session: (session: string): string => `${base}sessions/${encodeURIComponent(session)}`,
  planOfCare: (plan: string): string => `${base}plans-of-care/${encodeURIComponent(plan)}`,
  progress: (patient: string): string => `${base}patients/${encodeURIComponent(patient)}/progress`,
  episode: (patient: string): string => `${base}patients/${encodeURIComponent(patient)}/episode`,
  captureSession: (appointment: string): string => `${base}capture/${encodeURIComponent(appointment)}`,
} as const;

const titles: Record<Route['page'], string> = {
  workList: 'Work list',
  today: 'Today',
  workItem: 'Work item',
  care: 'Care',
  authorizations: 'Authorizations',
  authorization: 'Authorization',
  benefits: 'Benefits',
  benefit: 'Benefit summary',
  claims: 'Claims',
  claim: 'Claim',
  denials: 'Denials',
  charges: 'Charges',
  remittances: 'Remittances',
  remittance: 'Remittance',
  figures: 'Figures',
  rules: 'Rules',
  morningReport: 'Morning report',
  connections: 'Connections',
  signedIn: 'Signing in',
  keys: 'API keys',
  audit: 'Audit',
  dataAudit: 'Data audit',
  schedule: 'Schedule',
  therapists: 'Therapists and rooms',
  messages: 'Messages',
  attendance: 'Attendance',
  patientMessages: 'Messages to a patient',
  waitlist: 'Waitlist',
  freedSlot: 'Freed visit',
  capture: 'Capture',
  captureSession: 'Session',
  notes: 'Notes',
  note: 'Note',
  session: 'Session record',
  planOfCare: 'Plan of care',
  progress: 'Progress',
  episode: 'Episode of care',
  notFound: 'Not found',
};

/** The window title: the kind of page only, because titles end up in browser histories and on shared screens. */
export function titleOf(route: Route): string {
  return `${titles[route.page]} · Gait`;
}
