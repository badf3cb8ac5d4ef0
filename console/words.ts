// The console's plain words for kinds, roles, decisions and states, so that one thing is called one thing on every page.
import type { DecisionName, Quantity, WorkItemDetail, WorkItemLine } from './api.ts';

const kinds: Record<string, string> = {
  'authorization.request': 'Approve a request',
  'authorization.send': 'Send a packet',
  'authorization.answer': 'Record the payer’s answer',
  'authorization.partial': 'Partly approved',
  'authorization.denied': 'Denied',
  'authorization.uncertain': 'Was it sent?',
  'authorization.held': 'On hold',
  'authorization.record': 'Record in the PT system',
  'authorization.number': 'Correct the number',
  'authorization.uncovered': 'Uncovered visit',
  'eligibility.call': 'Call about benefits',
  'eligibility.correct': 'Correct the insurance',
  'claim.fix': 'Correct a claim',
  'claim.submit': 'Approve a claim',
  'claim.uncertain': 'Was the claim sent?',
  'claim.send': 'Send by hand',
  'claim.followUp': 'Ask the payer about a claim',
  'claim.denied': 'Claim denied',
  'claim.appeal': 'Approve an appeal',
  'claim.held': 'Claim on hold',
  'claim.patientBalance': 'Patient balance',
  'claim.paymentPlan': 'Payment plan',
  'remittance.unmatched': 'Which claim was paid?',
  'remittance.unbalanced': 'Remittance not posted',
  'file.upload': 'Upload a file',
  'patient.review': 'Review a new patient',
  'patient.welcome': 'Welcome a patient',
  'patient.call': 'Call a patient',
  'patient.reply': 'A patient wrote',
  'patient.planEnds': 'A plan ends',
  'patient.planUnknown': 'Plan without an end',
  'patient.exercise': 'Home program',
  'patient.redFlag': 'Look at before the visit',
  'patient.intake': 'Review a form',
  'patient.videoLink': 'Video link missing',
  'waitlist.book': 'Book a freed slot',
  'waitlist.unfilled': 'Slot still free',
  'waitlist.facts': 'Say what a freed visit is',
  'schedule.conflict': 'Conflict in the schedule',
  'series.proposal': 'Proposed visits',
  'series.book': 'Book accepted visits',
  'patient.conflict': 'Which value is right?',
  'record.enter': 'Enter in another system',
  'record.send': 'Send to another system',
  'record.gone': 'A record was given up',
  'patient.merge': 'Same person?',
  'visits.disagree': 'Books disagree',
  'patient.missedSeveral': 'Missed several visits',
  'patient.checkIn': 'Ask how it goes',
  'documentation.overdue': 'Document overdue',
  'documentation.certification': 'Plan not certified',
  'documentation.audit': 'Mark a draft',
  'note.enter': 'Enter a signed note',
  'note.uncertain': 'Did the note arrive?',
  'flow.missing': 'No flow answers a step',
  'flow.task': 'To do',
};

const roles: Record<string, string> = {
  frontDesk: 'Front desk',
  biller: 'Biller',
  therapist: 'Therapist',
  clinicalSpecialist: 'Clinical specialist',
  admin: 'Admin',
};

const statuses: Record<string, string> = {
  requested: 'requested',
  pended: 'pended by the payer',
  approved: 'approved',
  partlyApproved: 'partly approved',
  denied: 'denied',
  cancelled: 'cancelled',
  superseded: 'under a coverage that is over',
  covered: 'covered',
  runsOut: 'runs out',
  ended: 'ended',
  noApproval: 'no approval yet',
  held: 'on hold',
  notRequired: 'not required',
  initial: 'first request',
  renewal: 'renewal',
  appeal: 'appeal',
  none: 'nothing requested',
  inReview: 'waiting for a review here',
  submitting: 'being submitted',
  sendingByStaff: 'to be sent by staff',
  uncertain: 'not certain whether it was sent',
  pending: 'waiting for the payer',
  overdue: 'payer is overdue',
  recorded: 'recorded in the PT system',
  appealInReview: 'appeal waiting for a review here',
  rejected: 'rejected here',
  closed: 'closed',
  placeholder: 'a placeholder number',
  missing: 'number missing',
  present: 'number on file',
};

/** "authorization.someKind" → "some kind": a word for what the tables do not know yet. */
function spelledOut(id: string): string {
  const last = id.split('.').at(-1) ?? id;
  return last.replace(/([a-z])([A-Z])/g, (_all, a: string, b: string) => `${a} ${b.toLowerCase()}`);
}

export function kindInWords(kind: string): string {
  return kinds[kind] ?? spelledOut(kind);
}

export function roleInWords(role: string): string {
  return roles[role] ?? spelledOut(role);
}

export function statusInWords(status: string | null | undefined): string {
  return status ? (statuses[status] ?? spelledOut(status)) : 'unknown';
}

const itemStatuses: Record<string, string> = { open: 'open', decided: 'decided', closed: 'no longer needed' };

export function itemStatusInWords(status: string): string {
  return itemStatuses[status] ?? spelledOut(status);
}

/** Where an authorization stands: the request under way or, where none is, how far the approval reaches. */
export function standingInWords(state: string, projection: { readonly state: string } | null): string {
  return statusInWords(state === 'none' && projection !== null ? projection.state : state);
}

const events: Record<string, string> = {
  requestOpened: 'A request was drafted',
  requestApproved: 'The request was approved here',
  requestRejected: 'The request was rejected here',
  submitted: 'Sent to the payer',
  answered: 'The payer answered',
  notSent: 'The request was not sent',
  uncertain: 'It is not certain whether the request was sent',
  overdue: 'The payer’s answer is overdue',
  partialAccepted: 'The partial approval was accepted',
  denialAccepted: 'The denial was accepted',
  appealStarted: 'An appeal was begun',
  recorded: 'Recorded in the PT system',
  closed: 'Closed',
  held: 'Put on hold',
  resumed: 'The approval counts under the present coverage',
  coverageReplaced: 'The old coverage’s approvals count no more',
  notRequired: 'The payer requires none',
  numberCorrected: 'The number was corrected',
  submissionOpened: 'The claim was laid before a person',
  submissionApproved: 'The claim was approved here',
  submissionRejected: 'The claim was rejected here',
  acknowledged: 'Acknowledged',
  sentBack: 'Sent back before a decision',
  decidedByPayer: 'The payer says it has decided',
  denied: 'The payer denied it, or a part',
  deadlinePassed: 'The last day to act passed',
  appealApproved: 'The appeal was approved here',
  appealSent: 'The appeal was sent',
  writtenOff: 'Written off',
  leftToPatient: 'Left to the patient',
  statementSent: 'A statement was sent',
  planAgreed: 'A payment plan was agreed',
  workItemOpened: 'A work item was opened',
  reminded: 'A reminder was given',
  escalated: 'Escalated',
};

/** What happened, in words; a sentence of the server is kept as it is. */
export function eventInWords(event: string): string {
  if (event in events) return events[event] ?? event;
  return event in decisions ? decisionDone(event) : event.includes(' ') ? event : spelledOut(event);
}

const priorities: Record<number, string> = {
  1: 'Act now',
  2: 'Act today',
  3: 'Act this week',
  4: 'Coming up',
  5: 'When there is time',
};

export function priorityInWords(priority: number): string {
  return priorities[priority] ?? `Priority ${priority}`;
}

/** "1 visit", "12 visits, 48 units", "48 units", "visits unknown": a payer limits by one of them or by both. */
export function quantityInWords({ visits, units }: Quantity): string {
  const known = [counted(visits, 'visit'), counted(units, 'unit')].filter((words) => words !== null);
  return known.length === 0 ? 'visits unknown' : known.join(', ');
}

function counted(count: number | null, what: string): string | null {
  if (count === null) return null;
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}

const decisions: Record<DecisionName, { button: string; done: string }> = {
  approve: { button: 'Approve', done: 'Approved' },
  reject: { button: 'Reject', done: 'Rejected' },
  sent: { button: 'Record as sent', done: 'Recorded as sent' },
  answered: { button: 'Record the answer', done: 'Answer recorded' },
  stillPending: { button: 'Still pending', done: 'Recorded as still pending' },
  accept: { button: 'Accept', done: 'Accepted' },
  appeal: { button: 'Appeal', done: 'Appeal begun' },
  wasSent: { button: 'It was sent', done: 'Recorded as sent' },
  wasNotSent: { button: 'It was not sent', done: 'Recorded as not sent' },
  notRequired: { button: 'Payer requires none', done: 'Recorded: the payer requires none' },
  moved: { button: 'The visit was moved', done: 'Recorded as moved' },
  covered: { button: 'The payer covers it', done: 'Recorded as covered' },
  goAhead: { button: 'It takes place anyway', done: 'Recorded: it takes place' },
  askNewPayer: { button: 'Ask anew', done: 'A new request is drafted' },
  resume: { button: 'The approval still counts', done: 'Approval confirmed' },
  close: { button: 'Close', done: 'Closed' },
  recorded: { button: 'It is recorded', done: 'Recorded in the PT system' },
  corrected: { button: 'Save the number', done: 'Number corrected' },
  called: { button: 'Record the call', done: 'Call recorded' },
  checkAgain: { button: 'Check again', done: 'Asked to check again' },
  notNeeded: { button: 'Not needed', done: 'Recorded as not needed' },
  fixed: { button: 'It is corrected', done: 'Recorded as corrected' },
  correct: { button: 'Correct and send again', done: 'A corrected claim is drafted' },
  billPatient: { button: 'The patient owes it', done: 'Left to the patient' },
  writeOff: { button: 'Write off', done: 'Written off' },
  paid: { button: 'The payer says paid', done: 'Recorded as paid, the remittance is awaited' },
  denied: { button: 'The payer says denied', done: 'Recorded as denied' },
  notOnFile: { button: 'The payer has no such claim', done: 'Recorded as not on file' },
  billed: { button: 'A statement was sent', done: 'Recorded as billed' },
  offerPlan: { button: 'Offer a payment plan', done: 'A payment plan is prepared' },
  agreed: { button: 'The patient agreed', done: 'Payment plan agreed' },
  declined: { button: 'The patient declined', done: 'Payment plan declined' },
  match: { button: 'Post to this claim', done: 'Posted to the claim' },
  setAside: { button: 'Set aside', done: 'Set aside' },
  postAnyway: { button: 'Post it', done: 'Posted' },
  uploaded: { button: 'It is uploaded', done: 'Uploaded' },
  notUploaded: { button: 'It will not be uploaded', done: 'Not uploaded' },
  complete: { button: 'Intake is complete', done: 'Taken in' },
  keep: { button: 'What holds is right', done: 'Kept' },
  follow: { button: 'The other value is right', done: 'The other value holds' },
  entered: { button: 'It is entered', done: 'Recorded as entered' },
  seen: { button: 'Seen', done: 'Seen' },
  merge: { button: 'Same person: put together', done: 'Put together' },
  keepApart: { button: 'Two people: keep apart', done: 'Kept apart' },
  asItIs: { button: 'It is right as it is', done: 'Right as it is' },
  send: { button: 'Send it', done: 'Goes out as soon as the rules allow' },
  reached: { button: 'Reached them', done: 'Reached' },
  notReached: { button: 'Not reached', done: 'Not reached' },
  handled: { button: 'Taken care of', done: 'Taken care of' },
  meansStop: { button: 'It means stop', done: 'Gets no more messages' },
  ends: { button: 'It ends', done: 'The plan ends' },
  fewer: { button: 'It ends, with fewer visits before', done: 'The plan ends with fewer visits' },
  goesOn: { button: 'It goes on', done: 'The plan goes on' },
  done: { button: 'Done', done: 'Done' },
  notDone: { button: 'Not done', done: 'Not done' },
  confirmed: { button: 'They come', done: 'Confirmed by telephone' },
  cannotCome: { button: 'They cannot come', done: 'Recorded: cannot come' },
  leftWord: { button: 'Left word', done: 'Word was left' },
  wrongNumber: { button: 'Wrong number', done: 'Recorded as a wrong number' },
  wantsNone: { button: 'Wants no messages', done: 'Gets no more messages' },
  bookSoon: { button: 'Book them soon', done: 'Comes before others when missed visits are booked anew' },
  planChanged: { button: 'The plan is changed', done: 'Recorded: the plan is changed' },
  discharge: { button: 'Discharge', done: 'Recorded: to be discharged' },
  checkedIn: { button: 'I asked them', done: 'Asked' },
  sound: { button: 'Sound', done: 'Found sound' },
  minorFaults: { button: 'Minor faults', done: 'Minor faults found' },
  seriousFaults: { button: 'Serious faults', done: 'Serious faults found' },
  notLooked: { button: 'Not looked over', done: 'Not looked over' },
};

export function decisionButton(decision: DecisionName): string {
  return decisions[decision].button;
}

export function decisionDone(decision: string): string {
  return decision in decisions ? decisions[decision as DecisionName].done : spelledOut(decision);
}

/** One sentence on what follows a decision, so that nobody wonders whether more is asked of them. */
export function whatHappensNext(decision: DecisionName, item: WorkItemDetail | WorkItemLine): string {
  const payer = item.payer?.name ?? 'the payer';
  switch (decision) {
    case 'approve':
      if (item.kind === 'claim.submit')
        return 'The clinic’s flow sends exactly this claim, once; if it changes before, you are asked again.';
      if (item.kind === 'record.send')
        return 'The clinic’s flow sends exactly these values, once; if they change before, you are asked again.';
      return item.route === 'submitAfterApproval'
        ? `Gait submits exactly this revision to ${payer} and follows the answer; an item appears here only if a person is needed.`
        : `A packet with this revision appears in the work list, ready to be sent to ${payer}.`;
    case 'reject':
      if (item.kind === 'series.proposal') return 'Nothing is held or booked; the reason is kept.';
      if (item.kind === 'record.send') return 'Nothing is sent; you are asked again only when the values have changed.';
      return item.kind === 'claim.submit'
        ? 'Nothing is sent; you are asked again only when the claim has changed.'
        : 'Nothing is sent; the reason is kept with the authorization.';
    case 'sent':
      return `${payer}’s clock now runs; an item appears if no answer comes in the expected time.`;
    case 'answered':
      return 'The answer is stored and the next step (record it, accept it or appeal) follows from it.';
    case 'stillPending':
      return 'Gait asks again on the day you named.';
    case 'accept':
      if (item.kind === 'series.proposal')
        return 'Each visit is held from now on; an item says what to enter in the PT system, and the next import confirms it.';
      return 'The payer’s answer stands and is recorded in the PT system.';
    case 'appeal':
      return 'A draft of the appeal appears in the work list for review.';
    case 'wasSent':
      return `Nothing is sent again; Gait waits for ${payer}’s answer.`;
    case 'wasNotSent':
      return item.kind === 'claim.uncertain'
        ? 'The clinic’s flow may send the approved claim again.'
        : 'The request comes back for a new approval; only then is it sent.';
    case 'notRequired':
      return `Nothing is asked of ${payer}, until the PT system says that an authorization is required.`;
    case 'moved':
      if (item.kind === 'schedule.conflict')
        return 'The next import shows whether it is mended; if not, you are asked again.';
      return 'You are not asked about this visit again; the next one that nothing covers is shown in time.';
    case 'covered':
    case 'goAhead':
      return 'You are not asked about this visit again; the next one that nothing covers is shown in time.';
    case 'askNewPayer':
      return 'What the old payer approved counts no more; a first request to the new payer appears for review.';
    case 'resume':
      if (item.kind === 'claim.held') return 'The claim goes on where it was.';
      return 'What is approved counts under the present coverage; choose this only if the payer confirmed it.';
    case 'close':
      if (item.kind === 'claim.held') return 'Nothing more is done about this claim; your name and reason are kept.';
      return 'What the old payer approved counts no more; Gait comes back when a visit needs an authorization.';
    case 'recorded':
      return 'The authorization is complete; Gait watches when it runs out.';
    case 'corrected':
      return 'The new number is used from now on.';
    case 'called':
      return 'The benefit summary is completed with what the payer said; what nobody could tell stays unknown.';
    case 'checkAgain':
      return `Gait asks ${payer} again with what the PT system says now; an item appears only if a person is needed.`;
    case 'notNeeded':
      return 'Nobody is asked again for this visit; the reason is kept.';
    case 'fixed':
      return 'Gait checks the claim again; without a finding that blocks it, it comes to you for approval.';
    case 'correct':
      return 'The claim comes back with what the payer objected to; nothing is sent before you approve it.';
    case 'billPatient':
      return 'What insurance leaves open becomes a balance of the patient.';
    case 'writeOff':
      return 'Nothing more is asked of anybody for this part; your name and reason are kept.';
    case 'paid':
      return 'Gait waits for the remittance; an item appears if it does not come.';
    case 'denied':
      return 'You decide next what to do about the denial.';
    case 'notOnFile':
      return 'The claim comes back to be checked; it is sent again only when approved anew.';
    case 'billed':
      return 'Gait asks again when the statement’s time is over and something is still owed.';
    case 'offerPlan':
      return 'An item appears for the patient’s own written agreement.';
    case 'agreed':
      return 'Gait asks again after the last payment’s day if something is still owed.';
    case 'declined':
      return 'The balance comes back to be billed.';
    case 'match':
      return 'What the payer decided is posted to the claim you name, under your name.';
    case 'uploaded':
      return 'The file may be removed from the folder upload.';
    case 'notUploaded':
      return 'The reason is kept; the file stays in the folder upload until somebody removes it.';
    case 'complete':
      return 'The patient counts as taken in; what is still open stays in the work list.';
    case 'keep':
      return 'What holds stays; an item asks that it be entered in the other system.';
    case 'follow':
      return 'The other value holds from now on; an item asks that it be entered where it is not.';
    case 'entered':
      return 'Gait looks at the next export; if the value is still another one, you are asked again.';
    case 'seen':
      return 'Everything stays here as it is.';
    case 'merge':
      return 'One record answers for both from now on. Nothing is deleted, and an admin can take them apart again.';
    case 'keepApart':
      return 'You are asked again only if one of the records changes.';
    case 'asItIs':
      return 'The reason is kept; you are asked again only if something else disagrees.';
    case 'setAside':
      return 'Nothing of it is posted; the reason is kept.';
    case 'postAnyway':
      return 'Its claims are posted one by one; a claim that does not balance in itself is refused.';
    case 'send':
      return 'These words go out as soon as the rules let them; whom they do not reach comes to the call list.';
    case 'reached':
    case 'leftWord':
      return 'It stands beside the visit and in the call list of today.';
    case 'notReached':
      return 'The call comes back in three hours, three times in all, while there is time before the visit.';
    case 'confirmed':
      return 'The visit counts as confirmed.';
    case 'cannotCome':
      return 'Cancel or move the visit in the schedule; it stays as it is until you do.';
    case 'wrongNumber':
      return 'No text and no call goes to this number. Correct it in the PT system, then write down that they want messages.';
    case 'wantsNone':
      return 'Nothing more is sent; who must hear of something comes to the call list.';
    case 'bookSoon':
      return 'The front desk sees the patient before others when missed visits are booked anew.';
    case 'planChanged':
      return 'Change the plan in the PT system; you are asked again only if more visits are missed.';
    case 'discharge':
      return 'Write the discharge in the PT system; the patient no longer counts as somebody who stays away.';
    case 'sound':
    case 'minorFaults':
    case 'seriousFaults':
    case 'notLooked':
      return 'It is counted among the figures of drafts. The signed note stays as it is: its author may add to it.';
    case 'checkedIn':
      return 'You are not asked again during this run of visits.';
    case 'ends':
      return 'The patient hears in time that the plan ends, without a word about the treatment.';
    case 'fewer':
      return 'The patient hears in time from which week on visits become fewer, and that the plan ends. Change the bookings in your schedule.';
    case 'goesOn':
      return 'Nobody is told of an end. You are asked again when the plan has another last day.';
    case 'handled':
      if (item.kind === 'patient.exercise' || item.kind === 'patient.redFlag') return 'Nothing else follows from it.';
      return 'Messages that were held back because of it go on.';
    case 'meansStop':
      return 'Nothing more is sent to this telephone; whom it concerns comes to the call list.';
    case 'done':
      if (item.kind === 'series.book') return 'The time stays held until the next import shows the visits.';
      return item.kind === 'flow.missing' ? 'Gait asks the step again.' : 'Nothing else follows from it.';
    case 'notDone':
      if (item.kind === 'series.book')
        return 'The time is free again; propose anew if the patient still needs the visits.';
      return item.kind === 'waitlist.book'
        ? 'The patient is told, and the slot is offered to the next who waits.'
        : 'Nothing else follows from it.';
  }
}
