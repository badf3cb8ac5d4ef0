// Drafts the letter that appeals a denial, or asks to reopen it: every sentence says what it was made from, what nobody knows is left blank. Pure.

import { dollars } from '../dollars.ts';
import type { ScrubChart } from '../scrub/chart-schema.ts';
import type { DenialClass } from './denial-schema.ts';
import { serviceDays } from './facts.ts';
import type { Appeal } from './machine-state.ts';
import type { Claim } from './schema.ts';

/** What is known of the denial; null is what nobody told. Days are `YYYY-MM-DD`. */
export interface AppealFacts {
  readonly kind: Appeal['kind'];
  readonly on: string;
  readonly claim: Claim;
  readonly payerClaimNumber: string | null;
  readonly denial: {
    readonly class: DenialClass | null;
    readonly group: string;
    readonly reason: string;
    readonly remarks: readonly string[];
    readonly cents: number | null;
    readonly decidedOn: string | null;
  };
  readonly chart: ScrubChart | null;
  readonly sentOn: string | null;
  readonly acknowledgedOn: string | null;
}

export interface Statement {
  readonly text: string;
  /** Where the facts of it stand, such as `Chart, visit of 2026-11-02`. */
  readonly source: string;
}

/** PHI: it names the patient. */
export interface Letter {
  readonly text: string;
  readonly statements: readonly Statement[];
}

const blankBegins = '[fill in: ';

/** Whether something is still to be filled in by a person. */
export function hasBlanks(letter: string): boolean {
  return letter.includes(blankBegins);
}

function blank(what: string): string {
  return `${blankBegins}${what}]`;
}

export function draftAppeal(facts: AppealFacts): Letter {
  const { claim, denial, kind } = facts;
  const statements = [opening(facts), ...billed(claim), ...argued(facts)];
  const asked =
    kind === 'appeal'
      ? 'We ask you to reverse the denial and to pay the claim.'
      : 'We ask you to reopen your decision and to pay the claim.';
  const text = [
    facts.on,
    claim.payer.name ?? blank("the payer's name and address"),
    heading(facts).join('\n'),
    ...statements.map((statement) => statement.text),
    ...(denial.class === 'medicalNecessity'
      ? [blank("why the patient needed skilled therapy on these days, in the therapist's words")]
      : []),
    asked,
    `Enclosed: ${blank('the documents that go with the letter')}`,
    `${claim.billingProvider.name ?? blank('the name of the clinic')}\n${blank('name and title of the person who signs')}`,
  ].join('\n\n');
  return { text, statements };
}

function heading({ claim, payerClaimNumber }: AppealFacts): string[] {
  const { subscriber, patient, billingProvider, patientControlNumber, chargeCents } = claim;
  const person = patient ?? subscriber;
  const days = serviceDays(claim);
  const on = days === null ? null : days.from === days.to ? days.from : `${days.from} to ${days.to}`;
  const row = (label: string, value: string | null, what: string): string => `${label}: ${value ?? blank(what)}`;
  return [
    row('Patient', nameOf(person), "the patient's name"),
    row('Date of birth', person.birthDate, "the patient's date of birth"),
    row('Member id', subscriber.memberId, 'the member id'),
    row('Your claim number', payerClaimNumber, "the payer's number of the claim"),
    row('Our claim number', patientControlNumber, 'our number of the claim'),
    row('Service', on, 'the days of service'),
    row('Charge', chargeCents === null ? null : dollars(chargeCents), 'the charge'),
    row('NPI', billingProvider.npi, "the clinic's NPI"),
  ];
}

function nameOf({ given, name }: { readonly given: string | null; readonly name: string | null }): string | null {
  const parts = [given, name].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' ');
}

function opening({ kind, denial }: AppealFacts): Statement {
  const { group, reason, remarks, cents, decidedOn } = denial;
  const codes = [group === '' || reason === '' ? blank('group and reason code of the denial') : `${group}-${reason}`];
  const amount = cents === null || cents === 0 ? '' : ` of ${dollars(cents)}`;
  const day = decidedOn ?? blank('the day of the decision');
  const words = kind === 'appeal' ? 'We appeal the denial' : 'We ask to reopen the decision';
  return { text: `${words}${amount} dated ${day} (${[...codes, ...remarks].join(' ')}).`, source: 'Remittance' };
}

/** What was billed on each day, by code, modifiers and units. */
function billed({ lines }: Claim): Statement[] {
  const days = [...new Set(lines.map(({ from }) => from).filter((day) => day !== null))].sort();
  return days.map((day) => {
    const own = lines.filter(({ from }) => from === day);
    const services = own.map(({ procedure, units }) => {
      const code = procedure === null ? blank('the code') : [procedure.code, ...procedure.modifiers].join(' ');
      return `${code} (${units === null ? blank('units') : `${units} ${units === 1 ? 'unit' : 'units'}`})`;
    });
    const places = own.map(({ number }) => number).join(', ');
    return { text: `On ${day} we billed ${services.join(', ')}.`, source: `Claim, lines ${places}` };
  });
}

/** What speaks against this denial. */
function argued(facts: AppealFacts): Statement[] {
  switch (facts.denial.class) {
    case 'authorization':
      return [authorized(facts), ...documented(facts)];
    case 'timelyFiling':
      return [filed(facts)];
    case 'medicalNecessity':
      return [...documented(facts), planned(facts), ...measured(facts)];
    case 'documentation':
    case 'benefitLimit':
      return [...documented(facts), planned(facts)];
    default:
      return documented(facts);
  }
}

/** The minutes that the note of each day of service documents. */
function documented({ claim, chart }: AppealFacts): Statement[] {
  const days = [...new Set(claim.lines.map(({ from }) => from).filter((day) => day !== null))].sort();
  return days.map((day) => {
    const visit = chart?.visits?.find(({ date }) => date === day);
    const source = `Chart, visit of ${day}`;
    if (visit === undefined) return { text: blank(`what the note of ${day} documents`), source };
    const given = (visit.interventions ?? []).flatMap(({ code, minutes }) =>
      minutes === undefined || minutes === null ? [] : [`${minutes} minutes of ${code}`],
    );
    const whole = visit.totalMinutes ?? null;
    const parts = [
      given.length === 0 ? blank(`the minutes of each service on ${day}`) : given.join(' and '),
      ...(whole === null ? [] : [`${whole} minutes of treatment in all`]),
    ];
    const signed = visit.note?.signedOn ?? null;
    const by = visit.note?.credential ?? null;
    const signature = signed === null ? '' : ` It was signed on ${signed}${by === null ? '' : ` by a ${by}`}.`;
    return { text: `The note of ${day} documents ${parts.join(', ')}.${signature}`, source };
  });
}

function planned({ chart }: AppealFacts): Statement {
  const plan = chart?.planOfCare ?? null;
  const start = plan?.start ?? blank('its first day');
  const end = plan?.end ?? blank('its last day');
  const certified = plan?.certifiedOn ?? null;
  const sent = plan?.transmittedOn ?? null;
  const certification =
    certified === null ? `The day it was certified: ${blank('the day')}.` : `It was certified on ${certified}.`;
  const transmission = sent === null ? '' : ` It was sent to the physician on ${sent}.`;
  return {
    text: `The plan of care runs from ${start} to ${end}.${transmission} ${certification}`,
    source: 'Chart, plan of care',
  };
}

/** The authorization that covers the first day of service, as the chart or the claim names it. */
function authorized({ claim, chart }: AppealFacts): Statement {
  const day = serviceDays(claim)?.from ?? '';
  const own = (chart?.authorizations ?? []).find(
    ({ number, from, to }) => number && (from ?? '') <= day && (to === undefined || to === null || day <= to),
  );
  if (own !== undefined) {
    const from = own.from ?? blank('its first day');
    const to = own.to ?? blank('its last day');
    const approved = own.visitsApproved ?? null;
    const visits = approved === null ? '' : ` for ${approved} visits`;
    return {
      text: `You authorized the service under ${own.number ?? ''}, valid from ${from} to ${to}${visits}.`,
      source: 'Chart, authorizations',
    };
  }
  if (claim.priorAuthorizationNumber !== null)
    return { text: `The claim names authorization ${claim.priorAuthorizationNumber}.`, source: 'Claim, REF*G1' };
  return { text: `Authorization: ${blank('its number and the days it is valid')}.`, source: 'Nobody knows one' };
}

function filed({ sentOn, acknowledgedOn }: AppealFacts): Statement {
  const sent = sentOn ?? blank('the day the claim was first sent');
  const taken = acknowledgedOn ?? blank('the day it was acknowledged (277CA)');
  return { text: `The claim was sent on ${sent} and acknowledged on ${taken}.`, source: 'Sending and 277CA' };
}

/** Measures that were taken more than once, with every score. */
function measured({ chart }: AppealFacts): Statement[] {
  const taken = (chart?.visits ?? []).flatMap(({ date, outcomes }) =>
    (outcomes ?? []).flatMap(({ measure, score }) =>
      score === undefined || score === null ? [] : [{ measure, text: `${score} on ${date}`, date }],
    ),
  );
  return [...Map.groupBy(taken, ({ measure }) => measure)].flatMap(([measure, all]) => {
    if (all.length < 2) return [];
    const scores = all.sort((one, other) => one.date.localeCompare(other.date)).map(({ text }) => text);
    return [{ text: `${measure}: ${scores.join(', ')}.`, source: 'Chart, outcome measures' }];
  });
}
