// Coverage checks of the synthetic clinic: answers as payers give them, read and summarised by Gait itself, with the items they lead to.
import { readFileSync } from 'node:fs';
import { exceptionDue } from '../../domain/eligibility/due.ts';
import { completeByCall } from '../../domain/eligibility/call-script.ts';
import type { EligibilitySettings } from '../../domain/eligibility/settings-schema.ts';
import { reasonsInWords } from '../../domain/eligibility/tonight.ts';
import { summarise } from '../../domain/eligibility/summary.ts';
import type { BenefitSummary } from '../../domain/eligibility/summary-schema.ts';
import { answerIn } from '../../domain/eligibility/testing/read.ts';
import { subscriberWith } from '../../domain/x12/testing/eligibility-samples.ts';
import { book, defaultSettings } from '../../rules/testing/eligibility-book.ts';
import { structureOfSummary } from '../../server/eligibility/structure.ts';
import type { DecisionName, WorkItemPage } from '../api.ts';
import type { CallDraft, CheckBatch, CheckLine, CheckPage, CheckState, CodeWords, KeptSummary } from '../benefits.ts';
import { nameInWords } from '../benefits.ts';
import { dateInZone, dateOfDay, dayNumber } from '../dates.ts';
import { patients, payers, users, zone } from './people.ts';

export interface BenefitSeed {
  readonly checks: ReadonlyMap<string, CheckPage>;
  readonly items: readonly WorkItemPage[];
  readonly batches: readonly CheckBatch[];
  readonly words: CodeWords;
}

const review = ['LS*2120', 'NM1*X3*2*LAKES CARE REVIEW', 'PER*IC**TE*8005550134', 'LE*2120'];
const complete = (left: number, used: number): string[] => [
  'EB*1**PT*HM*LAKES ADVANTAGE HMO',
  'DTP*346*D8*20260101',
  'EB*C*IND*30***23*500*****Y',
  'EB*C*IND*30***29*120*****Y',
  'EB*C*IND*30***23*1500*****N',
  'EB*C*IND*30***29*1500*****N',
  'EB*C*FAM*30***23*1000*****W',
  'EB*C*FAM*30***29*480*****W',
  'EB*G*IND*30***23*3400*****W',
  `EB*G*IND*30***29*${2600 - used * 25}*****W`,
  'EB*B**PT***27*25*****Y',
  'EB*A**PT***27**.4****N',
  'EB*F**PT***23***VS*30*Y*Y',
  `EB*F**PT***29***VS*${left}*Y*Y`,
  ...review,
  'EB*F**PT***23***VS*20*Y*N',
  'EB*F**PT***29***VS*20*Y*N',
  'EB*B**98***27*40*****Y',
  'MSG*VISITS ARE COUNTED WITH OCCUPATIONAL THERAPY UNLESS THE PLAN SAYS OTHERWISE',
];

/** Each patient's answer, one of the kinds a clinic meets. */
const answers: readonly {
  readonly state: CheckState;
  readonly says: readonly string[];
  readonly before?: readonly string[];
  readonly reason: string;
  readonly item?: { readonly kind: 'eligibility.call' | 'eligibility.correct'; readonly reason: string };
  readonly call?: Readonly<Record<string, unknown>>;
  readonly settings?: Partial<EligibilitySettings>;
  readonly delivered?: boolean;
}[] = [
  {
    state: 'answered',
    says: complete(18, 12),
    before: complete(21, 9).map((segment) => segment.replace('EB*B**PT***27*25', 'EB*B**PT***27*20')),
    reason: 'stale',
    settings: { inNetwork: true, benefitYear: 'calendarYear', pools: [['PT', 'AD']] },
    delivered: true,
  },
  {
    state: 'answered',
    says: [
      'EB*1**30*PR*HARBOR MUTUAL PPO',
      'DTP*346*D8*20260301',
      'EB*C*IND*30***23*750',
      'EB*C*IND*30***29*0',
      'EB*G*IND*30***29*1850',
      'MSG*FOR THERAPY BENEFITS CALL THE NUMBER ON THE CARD',
    ],
    reason: 'newPatient',
    item: { kind: 'eligibility.call', reason: 'Unknown: therapy covered, copay for a visit, visits allowed, 3 more' },
  },
  {
    state: 'answered',
    says: [
      'EB*1**30*HM*PRAIRIE STANDARD',
      'DTP*346*D8*20260101',
      'EB*B**PT*HM**27*10',
      'EB*H**PT*HM*****VS',
      'EB*1**30*PR*PRAIRIE PLUS',
      'DTP*346*D8*20260101',
      'EB*B**PT*PR**27*35',
    ],
    reason: 'coverageChanged',
    item: {
      kind: 'eligibility.call',
      reason: 'Unknown: deductible left, individual, visits left, authorization required',
    },
  },
  {
    state: 'rejected',
    says: ['AAA*N**75*C'],
    reason: 'newPatient',
    item: {
      kind: 'eligibility.correct',
      reason: 'Refused with code 75: The payer does not know the subscriber.',
    },
  },
  {
    state: 'answered',
    says: ['EB*1**30*PR*HARBOR MUTUAL PPO', 'EB*C*IND*30***23*750', 'EB*C*IND*30***29*0', 'EB*F**PT***23***VS*30'],
    reason: 'called',
    call: {
      copayCents: 3000,
      visitsLeft: 22,
      authorizationRequired: false,
      therapyCovered: true,
      pooledWith: ['AD', 'AF'],
    },
    settings: { inNetwork: true },
    delivered: true,
  },
  { state: 'pending', says: [], reason: 'stale' },
  {
    state: 'byPhone',
    says: [],
    reason: 'firstVisit',
    settings: { electronic: false },
    item: { kind: 'eligibility.call', reason: 'This payer gives no electronic answers; call before the visit' },
  },
  {
    state: 'answered',
    says: ['EB*6**30*HM*LAKES ADVANTAGE HMO', 'DTP*347*D8*20260331'],
    reason: 'planYear',
    item: { kind: 'eligibility.correct', reason: 'The coverage is not active on the day of the visit' },
  },
  {
    state: 'answered',
    says: [
      'EB*1**PT*PR*STONEBRIDGE SELECT',
      'EB*B**PT***27*30',
      'EB*B**PT***27*45',
      'EB*C*IND*30***29*0',
      'EB*F**PT***23***VS*24*N',
      'EB*F**PT***29***VS*0*N',
      'EB*R**30*WC',
      'NM1*PRP*2*MERIDIAN COMPENSATION FUND',
    ],
    reason: 'stale',
    item: {
      kind: 'eligibility.call',
      reason: 'The payer knows of another insurance; The answer contradicts itself; Unknown: copay for a visit',
    },
  },
];

const decisions: Record<'eligibility.call' | 'eligibility.correct', readonly DecisionName[]> = {
  'eligibility.call': ['called', 'checkAgain', 'notNeeded'],
  'eligibility.correct': ['checkAgain', 'called', 'notNeeded'],
};

export function makeBenefits(now: Date, hashOf: (draft: WorkItemPage['draft']) => string): BenefitSeed {
  const today = dayNumber(dateInZone(now, zone));
  const day = (offset: number): string => dateOfDay(today + offset);
  const hoursAgo = (hours: number): string => new Date(now.getTime() - hours * 3_600_000).toISOString();

  function summariesOf(
    says: readonly string[],
    payerName: string,
    serviceDate: string,
    hours: number,
    changed: Partial<EligibilitySettings>,
    last: readonly BenefitSummary[] = [],
  ): BenefitSummary[] {
    const options = {
      service: 'PT',
      serviceDate,
      now: hoursAgo(hours),
      settings: { ...defaultSettings, ...changed },
      last,
    };
    const answer = answerIn(subscriberWith(...says));
    const asOf = says.length === 0 ? null : hoursAgo(hours);
    return summarise({ ...answer, asOf, payer: { ...answer.payer, name: payerName } }, options);
  }

  const kept = (summaries: readonly BenefitSummary[], check: string, hours: number): KeptSummary[] =>
    summaries.map((summary, index) => ({ ref: `ben_${check}${index}`, at: hoursAgo(hours), summary }));

  const checks = new Map<string, CheckPage>();
  const items: WorkItemPage[] = [];
  for (const [index, answer] of answers.entries()) {
    const check = `chk_demo${String(index + 1).padStart(16, '0')}`;
    const serviceDate = day(index < 3 ? 1 : index < 6 ? 2 : 4);
    const payer = payers[index % payers.length] ?? payers[0];
    const settings = answer.settings ?? {};
    const waiting = answer.state === 'pending';
    const earlier =
      answer.before === undefined ? [] : summariesOf(answer.before, payer.name, day(-29), 29 * 24, settings);
    const first = waiting ? [] : summariesOf(answer.says, payer.name, serviceDate, 8, settings, earlier);
    const { call } = answer;
    const summaries =
      call === undefined
        ? first
        : first.map((one) =>
            completeByCall(one, call, { by: users[0]?.id ?? '', at: hoursAgo(2), reference: 'R-20931' }),
          );
    const [given, family] = patients[index] ?? ['', ''];
    const birthDate = `19${58 + index * 3}-0${1 + (index % 9)}-1${index % 9}`;
    const coverage = { memberId: `TEST${1000 + index * 37}`, groupNumber: index % 2 === 0 ? 'GRP-0142' : null };
    const id = `wi_benefit${String(index + 1).padStart(15, '0')}`;
    const dueAt = exceptionDue(serviceDate, now, zone);
    const page: CheckPage = {
      check,
      payer,
      serviceDate,
      reasons: [answer.reason],
      state: answer.state,
      code: answer.state === 'rejected' ? '75' : null,
      askedAt: answer.state === 'byPhone' ? null : hoursAgo(8),
      settledAt: waiting ? null : hoursAgo(8),
      deliveredAt: answer.delivered === true ? hoursAgo(7) : null,
      patient: { ref: `pat_${index}`, name: { given, family }, birthDate },
      coverage: { ...coverage, planName: null, order: 'primary' },
      summaries: kept(summaries, check, 8),
      before: call === undefined ? kept(earlier, `${check}b`, 29 * 24) : kept(first, `${check}b`, 8),
      workItem: answer.item === undefined ? null : { id, ...answer.item, dueAt },
    };
    checks.set(check, page);
    if (answer.item !== undefined) items.push(itemOf(page, answer.item.kind, id, dueAt));
  }

  function itemOf(
    page: CheckPage,
    kind: 'eligibility.call' | 'eligibility.correct',
    id: string,
    dueAt: string,
  ): WorkItemPage {
    const { payer, patient, coverage, serviceDate, workItem } = page;
    const sheet: CallDraft = {
      check: page.check,
      payer,
      patient: { name: patient.name, birthDate: patient.birthDate },
      coverage: { memberId: coverage.memberId, groupNumber: coverage.groupNumber },
      provider: { organizationName: 'Lakeside Physical Therapy (demo)', npi: '1993999998', taxId: null },
      serviceDate,
      coverages: page.summaries.flatMap(({ ref, summary }) =>
        summary === null
          ? []
          : [
              {
                summary: ref,
                contacts: summary.contacts,
                questions: summary.callScript,
                flags: summary.flags,
                rejects: summary.rejects,
                messages: summary.messages,
              },
            ],
      ),
    };
    const draft: WorkItemPage['draft'] = JSON.parse(JSON.stringify(sheet)) as WorkItemPage['draft'];
    const reason = workItem?.reason ?? '';
    return {
      item: {
        id,
        kind,
        role: 'frontDesk',
        status: 'open',
        priority: 3,
        priorityReason: 'The visit comes before the answer is complete.',
        title:
          kind === 'eligibility.call' ? 'Call the payer about benefits' : 'Correct the insurance, then check again',
        reason,
        dueAt,
        openedAt: hoursAgo(8),
        subject: page.check,
        payer,
        escalated: false,
        remindedAt: null,
        patientName: nameInWords(patient.name),
        decisions: decisions[kind],
        decision: null,
      },
      revision: { number: 1, hash: hashOf(draft), by: 'Gait', at: hoursAgo(8) },
      draft,
      firstDraft: draft,
      draftKind: 'benefitsCall',
      fields: [],
      evidence: [
        { label: 'Visit asked about', value: serviceDate, source: 'Schedule' },
        { label: 'Asked for', value: 'PT, 30', source: 'Payer rule' },
        { label: 'Why it was checked', value: reasonsInWords(page.reasons), source: 'Gait' },
        { label: 'Times asked', value: 2, source: 'Gait' },
        { label: 'Last asked', value: page.askedAt, source: 'Gait' },
      ],
      missing: null,
      timeline: [],
    };
  }

  const { serviceTypeWords: serviceTypes, costServiceTypes } = book.meanings;
  return {
    checks,
    items,
    batches: [
      {
        batch: 'bat_called',
        kind: 'called',
        day: day(0),
        startedAt: hoursAgo(2),
        finishedAt: hoursAgo(2),
        checks: { answered: 1 },
      },
      {
        batch: 'bat_night',
        kind: 'overnight',
        day: day(0),
        startedAt: hoursAgo(8),
        finishedAt: null,
        checks: { answered: 6, rejected: 1, byPhone: 1, pending: 1 },
      },
    ],
    words: {
      serviceTypes,
      contacts: table('entities'),
      periods: table('benefit-periods'),
      mayShareLimit: Object.keys(serviceTypes).filter((type) => type !== '30' && !costServiceTypes.includes(type)),
    },
  };
}

/** The lines of the list, as the server makes them of the same checks. */
export function linesOf({ checks }: BenefitSeed): CheckLine[] {
  return [...checks.values()].map(({ patient, summaries, before: _before, coverage: _coverage, ...facts }) => ({
    ...facts,
    patient: patient.ref,
    patientName: nameInWords(patient.name),
    summaries: summaries.flatMap(({ ref, summary }) =>
      summary === null ? [] : [{ summary: ref, coverage: '', flags: [], ...structureOfSummary(summary) }],
    ),
  }));
}

function table(name: string): Record<string, string> {
  const file = readFileSync(new URL(`../../rules/codes/${name}.json`, import.meta.url), 'utf8');
  const { rows } = JSON.parse(file) as { rows: { code: string; meaning: string }[] };
  return Object.fromEntries(rows.map(({ code, meaning }) => [code, meaning]));
}
