// What staff may tell a patient about the authorization: one plain sentence without name, number, diagnosis or payer.
import { dayNumber, spokenDate } from '../calendar.ts';
import type { Assessment } from './assessment.ts';
import type { Authorization } from './schema.ts';

/**
 * The sentence for the patient. It promises nothing that is not decided, and says nothing that is not known.
 * @param today the clinic's day, `YYYY-MM-DD`
 */
export function patientStatus(authorization: Authorization, assessment: Assessment, today: string): string {
  const { projection, pending, denied, need } = assessment;
  const day = (date: string): string => spokenDate(dayNumber(date), dayNumber(today));
  switch (projection.state) {
    case 'notRequired':
      return 'Your insurance does not ask for an authorization for your visits with us.';
    case 'held':
      return 'Your insurance has changed; we are checking what that means for your visits and will call you.';
    case 'noApproval':
    case 'ended':
    case 'covered':
    case 'runsOut':
      break;
  }
  if (need === 'number') return 'We are confirming the approval of your visits with your insurance and will call you.';
  const cover = coverWords(assessment, day);
  if (pending !== null) {
    const since = pending.since === null ? '' : ` on ${day(pending.since)}`;
    const what = projection.state === 'noApproval' ? 'to approve your visits' : 'for more visits';
    return `${cover}We asked your insurance ${what}${since} and will call you when it answers.`;
  }
  if (denied !== null) {
    return `${cover}Your insurance did not approve what we asked for; we will call you about what comes next.`;
  }
  if (need !== 'none') return `${cover}We are preparing the request for ${cover === '' ? 'your visits' : 'more'}.`;
  if (cover !== '') return cover.trim();
  return authorization.requiredByPayer === null
    ? 'We are asking your insurance whether your visits need its approval.'
    : 'Your insurance has not approved visits at present; please call us before your next visit.';
}

/** "Your visits are approved until Fri 10 Jul; 5 of 12 are left. " or nothing where nothing is approved. */
function coverWords({ projection }: Assessment, day: (date: string) => string): string {
  const { state, runsOutOn, limitedBy, visits } = projection;
  if (state !== 'covered' && state !== 'runsOut') return '';
  const left =
    visits.left === null || visits.approved === null ? '' : `; ${visits.left} of ${visits.approved} are left`;
  // A day on which the visits run out is itself not covered; an end date is.
  const until =
    runsOutOn === null || (state === 'runsOut' && limitedBy !== 'endDate') ? '' : ` until ${day(runsOutOn)}`;
  return `Your visits are approved${until}${left}. `;
}
