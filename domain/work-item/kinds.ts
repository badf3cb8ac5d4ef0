// The kinds of work items: who gets one, what a person may decide on it and what draft it shows.

export const roles = ['frontDesk', 'biller', 'therapist', 'clinicalSpecialist', 'admin'] as const;

export type Role = (typeof roles)[number];

/** What a work item lays before the person: nothing, a request, a payer's answer, an authorization number, what to ask on the phone, a claim, what a payer paid, a claim with the letter that goes with it, what a patient owes, two records side by side, or the days on which books disagree. */
export type DraftKind =
  | 'none'
  | 'authorizationRequest'
  | 'authorizationAnswer'
  | 'authorizationNumber'
  | 'benefitsCall'
  | 'claim'
  | 'remittanceClaim'
  | 'remittance'
  | 'claimPacket'
  | 'statement'
  | 'patientReview'
  | 'patientConflict'
  | 'valuesToEnter'
  | 'patientPair'
  | 'visitBooks';

interface KindRow {
  readonly role: Role;
  readonly title: string;
  readonly decisions: readonly string[];
  readonly draft: DraftKind;
}

/** Every kind with the role it goes to first, the decisions it allows and its title without a name in it. */
export const workItemKinds = {
  'authorization.request': {
    role: 'frontDesk',
    title: 'Review the authorization request',
    decisions: ['approve', 'reject', 'notRequired'],
    draft: 'authorizationRequest',
  },
  'authorization.send': {
    role: 'frontDesk',
    title: 'Send the approved request to the payer',
    decisions: ['sent', 'reject'],
    draft: 'authorizationRequest',
  },
  'authorization.answer': {
    role: 'frontDesk',
    title: "Get and record the payer's answer",
    decisions: ['answered', 'stillPending'],
    draft: 'authorizationAnswer',
  },
  'authorization.partial': {
    role: 'frontDesk',
    title: 'Fewer visits approved than asked for',
    decisions: ['accept', 'appeal'],
    draft: 'authorizationAnswer',
  },
  'authorization.denied': {
    role: 'biller',
    title: 'Denied: appeal or accept',
    decisions: ['appeal', 'accept'],
    draft: 'authorizationAnswer',
  },
  'authorization.uncertain': {
    role: 'biller',
    title: 'Find out whether the request reached the payer',
    decisions: ['wasSent', 'wasNotSent'],
    draft: 'authorizationRequest',
  },
  'authorization.held': {
    role: 'frontDesk',
    title: 'Held: coverage or payer changed',
    decisions: ['askNewPayer', 'resume', 'close'],
    draft: 'none',
  },
  'authorization.record': {
    role: 'frontDesk',
    title: 'Enter the approval in the PT system',
    decisions: ['recorded'],
    draft: 'authorizationAnswer',
  },
  'authorization.number': {
    role: 'biller',
    title: 'Replace the placeholder authorization number',
    decisions: ['corrected'],
    draft: 'authorizationNumber',
  },
  'authorization.uncovered': {
    role: 'frontDesk',
    title: 'A visit is coming that nothing covers: move it or call the payer',
    decisions: ['moved', 'covered', 'goAhead'],
    draft: 'none',
  },
  'eligibility.call': {
    role: 'frontDesk',
    title: 'Call the payer about benefits',
    decisions: ['called', 'checkAgain', 'notNeeded'],
    draft: 'benefitsCall',
  },
  'eligibility.correct': {
    role: 'frontDesk',
    title: 'Correct the insurance, then check again',
    decisions: ['checkAgain', 'called', 'notNeeded'],
    draft: 'benefitsCall',
  },
  'claim.fix': {
    role: 'biller',
    title: 'Correct the claim before it goes to the payer',
    decisions: ['fixed', 'writeOff'],
    draft: 'claim',
  },
  'claim.submit': {
    role: 'biller',
    title: 'Review the claim before it is sent',
    decisions: ['approve', 'reject'],
    draft: 'claim',
  },
  'claim.uncertain': {
    role: 'biller',
    title: 'Find out whether the claim reached the payer',
    decisions: ['wasSent', 'wasNotSent'],
    draft: 'claim',
  },
  'claim.send': {
    role: 'biller',
    title: 'Send the approved claim or appeal by hand',
    decisions: ['sent', 'reject'],
    draft: 'claimPacket',
  },
  'claim.followUp': {
    role: 'biller',
    title: 'Ask the payer how the claim stands',
    decisions: ['stillPending', 'paid', 'denied', 'notOnFile'],
    draft: 'claim',
  },
  'claim.denied': {
    role: 'biller',
    title: 'Denied: correct, appeal, bill the patient or write off',
    decisions: ['correct', 'appeal', 'billPatient', 'writeOff'],
    draft: 'claim',
  },
  'claim.appeal': {
    role: 'biller',
    title: 'Review the appeal before it is sent',
    decisions: ['approve', 'reject'],
    draft: 'claimPacket',
  },
  'claim.held': {
    role: 'biller',
    title: 'Held: something about the claim is uncertain',
    decisions: ['resume', 'close'],
    draft: 'claim',
  },
  'claim.patientBalance': {
    role: 'frontDesk',
    title: 'The patient owes a part of the claim',
    decisions: ['billed', 'offerPlan', 'writeOff'],
    draft: 'statement',
  },
  'claim.paymentPlan': {
    role: 'frontDesk',
    title: 'Agree on a payment plan with the patient, in writing',
    decisions: ['agreed', 'declined'],
    draft: 'statement',
  },
  'remittance.unmatched': {
    role: 'biller',
    title: 'Say which claim a payment is for',
    decisions: ['match', 'setAside'],
    draft: 'remittanceClaim',
  },
  'remittance.unbalanced': {
    role: 'biller',
    title: 'A remittance is not posted: look into it',
    decisions: ['setAside', 'postAnyway'],
    draft: 'remittance',
  },
  // A system without a way in for programs is given a file, and a person uploads it.
  'file.upload': {
    role: 'biller',
    title: 'Upload a file into the billing system',
    decisions: ['uploaded', 'notUploaded'],
    draft: 'none',
  },
  'patient.review': {
    role: 'frontDesk',
    title: 'Review a new patient',
    decisions: ['complete', 'notDone'],
    draft: 'patientReview',
  },
  // Whom no message reached, or who wants none, is called: nobody disappears.
  'patient.call': {
    role: 'frontDesk',
    title: 'Call a patient whom no message reached',
    decisions: [
      'confirmed',
      'reached',
      'leftWord',
      'notReached',
      'cannotCome',
      'wrongNumber',
      'wantsNone',
      'notNeeded',
    ],
    draft: 'valuesToEnter',
  },
  'patient.reply': {
    role: 'frontDesk',
    title: 'Read what a patient wrote',
    decisions: ['handled', 'meansStop'],
    draft: 'valuesToEnter',
  },
  // A patient said yes to a freed slot: the schedule is written by a person.
  'waitlist.book': {
    role: 'frontDesk',
    title: 'Book the freed slot for the patient who took it',
    decisions: ['done', 'notDone'],
    draft: 'none',
  },
  'waitlist.unfilled': {
    role: 'frontDesk',
    title: 'A freed slot found nobody',
    decisions: ['seen'],
    draft: 'none',
  },
  // What the schedule does not tell of a freed visit is never guessed.
  'waitlist.facts': {
    role: 'frontDesk',
    title: 'Say what a freed visit is, so that it can be offered',
    decisions: ['notNeeded'],
    draft: 'none',
  },
  // A series of visits is proposed; what of it is booked is for staff to say, and the PT system's schedule is written by a person.
  'schedule.conflict': {
    role: 'frontDesk',
    title: 'The schedule cannot stand as it is: move or mend',
    decisions: ['moved', 'asItIs'],
    draft: 'none',
  },
  'series.proposal': {
    role: 'frontDesk',
    title: 'Look through a proposed series of visits',
    decisions: ['accept', 'reject'],
    draft: 'none',
  },
  'series.book': {
    role: 'frontDesk',
    title: 'Enter the accepted visits in the schedule',
    decisions: ['done', 'notDone'],
    draft: 'valuesToEnter',
  },
  'patient.welcome': {
    role: 'frontDesk',
    title: 'Welcome a new patient and send the forms',
    decisions: ['send', 'done', 'notDone'],
    draft: 'valuesToEnter',
  },
  // What happens between visits and calls for whoever treats, or for the desk: nothing of it is decided by a program.
  'patient.planEnds': {
    role: 'therapist',
    title: 'A plan of care ends: discharge, fewer visits, or go on',
    decisions: ['ends', 'fewer', 'goesOn'],
    draft: 'valuesToEnter',
  },
  'patient.planUnknown': {
    role: 'therapist',
    title: 'Nobody knows when a plan of care ends',
    decisions: ['seen'],
    draft: 'none',
  },
  'patient.exercise': {
    role: 'therapist',
    title: 'Look at the answers about a home program',
    decisions: ['handled'],
    draft: 'valuesToEnter',
  },
  'patient.redFlag': {
    role: 'therapist',
    title: 'A form holds an answer to look at before the visit',
    decisions: ['handled'],
    draft: 'valuesToEnter',
  },
  'patient.intake': {
    role: 'frontDesk',
    title: 'Review a form that a patient filled in',
    decisions: ['complete', 'notDone'],
    draft: 'valuesToEnter',
  },
  'patient.videoLink': {
    role: 'frontDesk',
    title: 'A video visit has no link yet',
    decisions: ['done', 'notNeeded'],
    draft: 'none',
  },
  // Several systems keep one patient: whose value is right, and what another system lacks, is for a person.
  'patient.conflict': {
    role: 'frontDesk',
    title: 'Two systems disagree about a patient',
    decisions: ['keep', 'follow'],
    draft: 'patientConflict',
  },
  'record.enter': {
    role: 'frontDesk',
    title: 'Enter a change in another system',
    decisions: ['entered', 'notNeeded'],
    draft: 'valuesToEnter',
  },
  // A program may write there, but nobody's data goes out before a named person approved it.
  'record.send': {
    role: 'frontDesk',
    title: "Send a patient's data to another system",
    decisions: ['approve', 'reject'],
    draft: 'valuesToEnter',
  },
  'record.gone': {
    role: 'frontDesk',
    title: "A system gave up a patient's record",
    decisions: ['seen'],
    draft: 'none',
  },
  // Two records are perhaps of one person: nobody but a person puts them together.
  'patient.merge': {
    role: 'frontDesk',
    title: 'Same person? Two records look like one',
    decisions: ['merge', 'keepApart'],
    draft: 'patientPair',
  },
  'visits.disagree': {
    role: 'biller',
    title: 'Schedule, notes and charges disagree',
    decisions: ['asItIs'],
    draft: 'visitBooks',
  },
  // Who misses visits, or may stay away: what becomes of their plan is the therapist's to say.
  'patient.missedSeveral': {
    role: 'therapist',
    title: 'A patient missed several visits',
    decisions: ['bookSoon', 'planChanged', 'discharge', 'asItIs'],
    draft: 'none',
  },
  'patient.checkIn': {
    role: 'therapist',
    title: 'A patient may stay away: ask how it goes',
    decisions: ['checkedIn', 'planChanged', 'discharge', 'notNeeded'],
    draft: 'none',
  },
  // Documents that are late; an item closes by itself once what it is about is there.
  'documentation.overdue': {
    role: 'therapist',
    title: 'A document of a patient is overdue',
    decisions: ['seen', 'notNeeded'],
    draft: 'none',
  },
  'documentation.certification': {
    role: 'frontDesk',
    title: 'A plan of care is not certified in time',
    decisions: ['seen', 'notNeeded'],
    draft: 'none',
  },
  // A sample of what was drafted and signed is marked by somebody else in the first months.
  'documentation.audit': {
    role: 'clinicalSpecialist',
    title: 'Look over a signed draft and mark it',
    decisions: ['sound', 'minorFaults', 'seriousFaults', 'notLooked'],
    draft: 'none',
  },
  // A signed note belongs in the chart: where no program may write it, or it cannot be told whether it arrived, a person sees to it.
  'note.enter': {
    role: 'frontDesk',
    title: 'Enter a signed note in the PT system',
    decisions: ['entered', 'notNeeded'],
    draft: 'valuesToEnter',
  },
  'note.uncertain': {
    role: 'frontDesk',
    title: 'Find out whether a signed note arrived in the PT system',
    decisions: ['wasSent', 'wasNotSent'],
    draft: 'valuesToEnter',
  },
  'flow.missing': { role: 'admin', title: 'No published flow answers this step', decisions: ['done'], draft: 'none' },
  // A clinic's own flow asks a person for something; no decision on it changes an authorization.
  'flow.task': {
    role: 'frontDesk',
    title: 'To do, asked for by a flow',
    decisions: ['done', 'notDone'],
    draft: 'none',
  },
} as const satisfies Record<string, KindRow>;

export type WorkItemKind = keyof typeof workItemKinds;
export type DecisionOf<K extends WorkItemKind> = (typeof workItemKinds)[K]['decisions'][number];
export type Decision = DecisionOf<WorkItemKind>;

interface ItemSubject {
  readonly kind: WorkItemKind;
  /** A reference. */
  readonly subject: string;
}

/** Kinds that an authorization's workflow opens and waits for. */
export type AuthorizationItemKind = Extract<WorkItemKind, `authorization.${string}`>;

/** True if an authorization's workflow waits for the decision. */
export function isAuthorizationKind(kind: WorkItemKind): kind is AuthorizationItemKind {
  return kind.startsWith('authorization.');
}

/** Kinds that a claim's workflow opens and waits for. */
export type ClaimItemKind = Extract<WorkItemKind, `claim.${string}`>;

/** True if the item's subject is a claim. */
export function isClaimKind(kind: WorkItemKind): kind is ClaimItemKind {
  return kind.startsWith('claim.');
}

/** True if the item's subject is an authorization; else it is a patient, a check, a step or nothing Gait keeps. */
export function isAboutAuthorization({ kind, subject }: ItemSubject): boolean {
  return isAuthorizationKind(kind) || (kind === 'flow.task' && !subject.startsWith('pat_'));
}

/** True if the item's subject is a patient. What a flow asks for is about an authorization or a patient, as its reference says. */
export function isAboutPatient({ kind, subject }: ItemSubject): boolean {
  if (kind === 'flow.task' || kind === 'schedule.conflict') return subject.startsWith('pat_');
  if (kind === 'documentation.overdue' || kind === 'documentation.certification') return true;
  return /^(patient|record|series|note)\./.test(kind) || kind === 'visits.disagree';
}

/** True if `text` names a kind. */
export function isWorkItemKind(text: string): text is WorkItemKind {
  return Object.hasOwn(workItemKinds, text);
}

/** The decisions a person may take on this kind, the usual one first. */
export function decisionsFor(kind: WorkItemKind): readonly Decision[] {
  return workItemKinds[kind].decisions;
}

/** True if `decision` may be taken on an item of this kind. */
export function isAllowedDecision(kind: WorkItemKind, decision: string): decision is Decision {
  return decisionsFor(kind).some((allowed) => allowed === decision);
}
