import { expect, test } from 'vitest';
import { paths, routeOf, titleOf } from './router.ts';

test('every address the console makes leads back to its page', () => {
  expect(routeOf(paths.workItem('wi_0aB'))).toEqual({ page: 'workItem', id: 'wi_0aB' });
  expect(routeOf(paths.authorization('auth_0aB'))).toEqual({ page: 'authorization', ref: 'auth_0aB' });
  expect(routeOf(paths.benefit('chk_0aB'))).toEqual({ page: 'benefit', check: 'chk_0aB' });
  expect(routeOf(paths.benefits)).toEqual({ page: 'benefits' });
  expect(routeOf(paths.claim('clm_0aB'))).toEqual({ page: 'claim', ref: 'clm_0aB' });
  expect(routeOf(paths.claims)).toEqual({ page: 'claims' });
  expect(routeOf(paths.denials)).toEqual({ page: 'denials' });
  expect(routeOf(paths.charges)).toEqual({ page: 'charges' });
  expect(routeOf(paths.remittances)).toEqual({ page: 'remittances' });
  expect(routeOf(paths.remittance('rec_0aB'))).toEqual({ page: 'remittance', ref: 'rec_0aB' });
  expect(routeOf(paths.figures)).toEqual({ page: 'figures' });
  expect(routeOf(paths.messages)).toEqual({ page: 'messages' });
  expect(routeOf(paths.attendance)).toEqual({ page: 'attendance' });
  expect(routeOf(paths.patientMessages('pat_0aB'))).toEqual({ page: 'patientMessages', patient: 'pat_0aB' });
  expect(routeOf(paths.rules)).toEqual({ page: 'rules' });
  expect(routeOf(paths.notes)).toEqual({ page: 'notes' });
  expect(routeOf(paths.note('not_0aB'))).toEqual({ page: 'note', note: 'not_0aB' });
  expect(routeOf(paths.session('ses_0aB'))).toEqual({ page: 'session', session: 'ses_0aB' });
  expect(routeOf(paths.planOfCare('poc_0aB'))).toEqual({ page: 'planOfCare', plan: 'poc_0aB' });
  expect(routeOf(paths.progress('pat_0aB'))).toEqual({ page: 'progress', patient: 'pat_0aB' });
  expect(routeOf(paths.episode('pat_0aB'))).toEqual({ page: 'episode', patient: 'pat_0aB' });
  expect(routeOf(paths.workList)).toEqual({ page: 'workList' });
  expect(routeOf('/console/signed-in')).toEqual({ page: 'signedIn' });
  expect(routeOf('/console/morning-report/')).toEqual({ page: 'morningReport' });
});

test('an address that holds more than an opaque reference is no page', () => {
  expect(routeOf('/console/work-items/Jane%20Doe')).toEqual({ page: 'notFound' });
  expect(routeOf('/console/work-items/a/b')).toEqual({ page: 'notFound' });
  expect(routeOf('/console/patients/Jane%20Doe/messages')).toEqual({ page: 'notFound' });
  expect(routeOf('/console/patients/pat_0aB/other')).toEqual({ page: 'notFound' });
  expect(routeOf('/elsewhere')).toEqual({ page: 'notFound' });
});

test('a window title names the kind of page only', () => {
  expect(titleOf({ page: 'workItem', id: 'wi_secret' })).toBe('Work item · Gait');
});
