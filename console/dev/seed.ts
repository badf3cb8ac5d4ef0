// Synthetic data for the console's development server: one clinic, its authorizations and a work item of every kind.
import { createHash } from 'node:crypto';
import { patients, payers, requestFields, zone } from './people.ts';
import type {
  AuthorizationPage,
  DecisionName,
  Json,
  MorningReport,
  Period,
  WorkItemLine,
  WorkItemPage,
} from '../api.ts';
import { dateInZone, dateOfDay, dayInWords, dayNumber } from '../dates.ts';
import { valueAt } from '../parts/draft-values.ts';
import { instantOf } from '../../domain/zoned-time.ts';

export interface Stored {
  page: WorkItemPage;
}

export interface Seed {
  readonly items: Map<string, Stored>;
  readonly authorizations: Map<string, AuthorizationPage>;
  readonly report: MorningReport;
}

export function hashOf(draft: Json): string {
  return createHash('sha256').update(JSON.stringify(draft)).digest('hex');
}

/** Everything the development server knows at its start, relative to `now`. */
export function makeSeed(now: Date): Seed {
  const today = dayNumber(dateInZone(now, zone));
  const day = (offset: number): string => dateOfDay(today + offset);
  const words = (offset: number): string => dayInWords(day(offset), day(0));
  const at = (offset: number, hours: number): string =>
    new Date(now.getTime() + offset * 86_400_000 + hours * 3_600_000).toISOString();

  const closing = (offset: number, hour = 17): string =>
    instantOf(`${day(offset)}T${String(hour).padStart(2, '0')}:00`, zone) ?? at(offset, 0);

  const draft = (patient: number, payer: number, visits: number): Json => ({
    kind: 'renewal',
    period: 2,
    patient: {
      name: { given: patients[patient]?.[0] ?? '', family: patients[patient]?.[1] ?? '' },
      birthDate: `19${58 + patient * 3}-0${1 + (patient % 9)}-1${patient % 9}`,
      gender: 'unknown',
    },
    coverage: {
      payerId: payers[payer]?.id ?? '',
      payerName: payers[payer]?.name ?? '',
      memberId: `TEST${String(1000 + patient * 37)}`,
      groupNumber: patient % 2 === 0 ? 'GRP-0142' : null,
      planName: null,
    },
    provider: { organizationName: 'Lakeside Physical Therapy (demo)', npi: '1993999998', taxId: null },
    renderingProvider: null,
    referringProvider: { name: 'Referring Clinician, MD', npi: patient === 0 ? null : '1992999825' },
    service: {
      serviceTypeCode: 'PT',
      placeOfService: '11',
      from: day(12),
      to: day(54),
      visits,
      units: null,
      frequency: `2 a week for ${visits / 2} weeks`,
      procedures: [{ code: '97110', units: 2 }],
      diagnoses: ['M25.561', 'R26.89'],
    },
    clinical: {
      evaluationDate: day(-48),
      limitations:
        'Stairs one step at a time with the rail; walks 200 m before the knee limits; cannot kneel for work.',
      goals: 'Stairs step over step without the rail in 6 weeks; walks 800 m; returns to full duty.',
      progress: 'LEFS 41 at evaluation, 52 at visit 9. Knee flexion 95 to 118 degrees.',
      outcomeMeasures: [],
    },
    previousAuthorizationNumber: null,
  });

  const items = new Map<string, Stored>();
  let count = 0;
  const add = (
    kind: string,
    role: string,
    title: string,
    decisions: readonly DecisionName[],
    more: {
      patient?: number;
      payer?: number;
      priority: number;
      reason: string;
      due: string;
      draft?: Json;
      draftKind?: string;
      escalated?: boolean;
      reminded?: boolean;
      route?: 'staffSend' | 'submitAfterApproval';
      missing?: { path: string; label: string };
    },
  ): void => {
    count += 1;
    const person = more.patient === undefined ? null : patients[more.patient];
    const id = `wi_demo${String(count).padStart(18, '0')}`;
    const line: WorkItemLine = {
      id,
      kind,
      role,
      status: 'open',
      priority: more.priority,
      priorityReason: more.reason,
      title,
      dueAt: more.due,
      openedAt: at(-2, 0),
      subject: more.patient === undefined ? null : `auth_demo${String(more.patient).padStart(16, '0')}`,
      payer: more.payer === undefined ? null : (payers[more.payer] ?? null),
      ...(more.route ? { route: more.route } : {}),
      escalated: more.escalated ?? false,
      remindedAt: more.reminded ? at(-1, 0) : null,
      patientName: person ? `${person[1]}, ${person[0]}` : null,
    };
    const content = more.draft ?? null;
    items.set(id, {
      page: {
        item: { ...line, decisions, decision: null },
        revision: content === null ? null : { number: 1, hash: hashOf(content), by: 'Gait', at: at(-2, 0) },
        draft: content,
        ...(content === null ? {} : { firstDraft: content }),
        draftKind: more.draftKind ?? (content === null ? null : 'authorizationRequest'),
        fields: content === null ? [] : requestFields,
        evidence:
          more.patient === undefined
            ? [
                { label: 'Step', value: 'authorization.status', source: 'Gait' },
                { label: 'Waiting since', value: words(-1), source: 'Gait' },
              ]
            : [
                { label: 'Visits approved', value: 12, source: 'Payer’s answer, authorization report' },
                { label: 'Visits used', value: 10, source: 'Schedule report of today' },
                { label: 'Visits booked', value: 6, source: 'Schedule report of today' },
                { label: 'First uncovered visit', value: `${words(8)}, visit 13 of 12`, source: 'Projection' },
                { label: 'Payer’s turnaround', value: '7 days', source: '42 CFR 438.210(d), standard request' },
                { label: 'Referral on file', value: null, source: 'Chart' },
              ],
        missing: more.missing ?? null,
        timeline: [
          { at: at(-2, 0), event: 'Item opened', by: null, detail: more.reason },
          { at: at(-2, -1), event: 'Reports imported', by: null, detail: null },
          ...(more.reminded ? [{ at: at(-1, 0), event: 'Reminder', by: null, detail: null }] : []),
        ],
      },
    });
  };

  const reason = (offset: number, visit: number, of: number, turnaround: number): string =>
    `Runs out ${words(offset)} (visit ${visit} of ${of}); the payer takes ${turnaround} days; send by ${words(offset - 1 - turnaround)}.`;

  add('authorization.request', 'frontDesk', 'Review the authorization request', ['approve', 'reject'], {
    patient: 0,
    payer: 0,
    priority: 1,
    reason: reason(8, 13, 12, 7),
    due: closing(-1),
    draft: draft(0, 0, 12),
    reminded: true,
    route: 'submitAfterApproval',
    missing: { path: 'referringProvider.npi', label: 'Referring provider NPI' },
  });
  add(
    'authorization.uncertain',
    'biller',
    'Find out whether the request reached the payer',
    ['wasSent', 'wasNotSent'],
    {
      patient: 1,
      payer: 1,
      priority: 1,
      reason: `The connection broke after the request was sent on ${words(-1)}; three visits this week are not covered.`,
      due: closing(0),
      draft: draft(1, 1, 8),
    },
  );
  add('authorization.request', 'frontDesk', 'Review the authorization request', ['approve', 'reject'], {
    patient: 2,
    payer: 1,
    priority: 2,
    reason: reason(11, 9, 8, 7),
    due: closing(0),
    draft: draft(2, 1, 8),
    route: 'staffSend',
  });
  add('authorization.send', 'frontDesk', 'Send the approved request to the payer', ['sent', 'reject'], {
    patient: 3,
    payer: 2,
    priority: 2,
    reason: `Approved by Dana Reyes; ${reason(11, 13, 12, 7)}`,
    due: closing(1),
    draft: draft(3, 2, 12),
  });
  add('authorization.denied', 'biller', 'Denied: appeal or accept', ['appeal', 'accept'], {
    patient: 4,
    payer: 3,
    priority: 2,
    reason: `Denied on ${words(-3)}; the appeal must arrive by ${words(27)}. Visits from ${words(4)} on are not covered.`,
    due: closing(2),
    draft: draft(4, 3, 10),
    escalated: true,
    reminded: true,
  });
  add('authorization.answer', 'frontDesk', 'Get and record the payer’s answer', ['answered', 'stillPending'], {
    patient: 5,
    payer: 0,
    priority: 3,
    reason: `Sent on ${words(-11)}; the expected 7 days are over by 4. Call the payer.`,
    due: closing(2),
  });
  add('authorization.partial', 'frontDesk', 'Fewer visits approved than asked for', ['accept', 'appeal'], {
    patient: 6,
    payer: 2,
    priority: 3,
    reason: '8 of 12 visits approved; at the booked schedule they last four weeks.',
    due: closing(3),
    draft: draft(6, 2, 12),
  });
  add('authorization.number', 'biller', 'Replace the placeholder authorization number', ['corrected'], {
    patient: 7,
    payer: 1,
    priority: 4,
    reason: 'The PT system holds a placeholder number; claims with it will be refused.',
    due: closing(5),
  });
  add('authorization.record', 'frontDesk', 'Enter the approval in the PT system', ['recorded'], {
    patient: 8,
    payer: 0,
    priority: 4,
    reason: `Approved on ${words(-1)}; not yet in the PT system.`,
    due: closing(4),
    draft: draft(8, 0, 12),
  });
  add('authorization.held', 'frontDesk', 'Held: coverage or payer changed', ['resume', 'close'], {
    patient: 9,
    payer: 3,
    priority: 5,
    reason: `The coverage changed on ${words(-2)}; confirm the payer before anything is requested.`,
    due: closing(6),
  });
  add('flow.missing', 'admin', 'No published flow answers this step', ['done'], {
    priority: 3,
    reason: 'Step authorization.status has no published flow; 4 authorizations wait for it.',
    due: closing(1),
  });

  const authorizations = new Map<string, AuthorizationPage>();
  for (const [index, name] of patients.entries()) {
    const ref = `auth_demo${String(index).padStart(16, '0')}`;
    const used = [10, 6, 5, 9, 5, 9, 4, 3, 2, 6][index] ?? 4;
    const renewal = index % 3 === 0;
    const booked = 6;
    const approved = index === 4 ? null : index % 3 === 1 ? 8 : 12;
    const left = approved === null ? null : approved - used;
    const visits = [
      ...Array.from({ length: used }, (_, visit) => ({ date: day(-4 * (used - visit)), status: 'arrived' })),
      { date: day(-6), status: 'cancelled' },
      ...Array.from({ length: booked }, (_, visit) => ({ date: day(2 + visit * 3), status: 'booked' })),
    ].sort((a, b) => (a.date < b.date ? -1 : 1));
    const uncovered = left === null ? 2 : left < booked ? 2 + left * 3 : null;
    const first: Period = {
      sequence: 1,
      kind: 'initial',
      status: index === 4 ? 'denied' : approved === 8 ? 'partlyApproved' : 'approved',
      from: day(-46),
      to: day(16),
      requested: { visits: 12, units: null },
      approved: { visits: approved, units: null },
      number: index === 7 ? 'placeholder' : index === 4 ? 'missing' : 'present',
      payerNumber: index === 7 || index === 4 ? null : `PA-10${index}`,
      submittedOn: day(-50),
      decidedOn: day(-47),
    };
    const second: Period = {
      ...first,
      sequence: 2,
      kind: 'renewal',
      status: 'requested',
      from: day(17),
      to: day(58),
      approved: { visits: null, units: null },
      number: 'missing',
      payerNumber: null,
      submittedOn: null,
      decidedOn: null,
    };
    authorizations.set(ref, {
      ref,
      patientName: `${name[1]}, ${name[0]}`,
      payer: payers[index % 4] ?? null,
      state: index === 9 ? 'held' : index === 4 ? 'denied' : renewal ? 'inReview' : 'approved',
      periods: renewal ? [first, second] : [first],
      appointments: visits,
      patientStatus:
        left === null
          ? 'We are preparing the request for your visits.'
          : `Your visits are approved; ${left} of ${approved ?? 0} are left.`,
      workItems: [...items.values()].flatMap(({ page: { item } }) =>
        item.subject === ref ? [{ id: item.id, kind: item.kind, title: item.title, status: item.status }] : [],
      ),
      projection: {
        state: uncovered === null ? 'covered' : 'runsOut',
        limitedBy: uncovered === null ? null : 'visits',
        runsOutOn: uncovered === null ? null : day(uncovered),
        firstUncoveredVisit:
          uncovered === null
            ? null
            : { date: day(uncovered), number: approved === null ? null : approved + 1, of: approved },
        actBy: uncovered === null ? null : day(uncovered - 8),
        turnaround: { days: 7, basis: 'regulation', citation: '42 CFR 438.210(d)' },
        visits: { approved, used, booked, left },
        units: { approved: null, used: null, booked: null, left: null },
        reason:
          uncovered === null
            ? 'Covered: the visits last beyond what is booked.'
            : approved === null
              ? `Nothing is approved; the visit on ${words(uncovered)} is not covered.`
              : reason(uncovered, approved + 1, approved, 7),
      },
      timeline: [
        {
          at: at(-50, 1),
          event: 'Request submitted',
          by: 'Dana Reyes',
          detail: '12 visits',
          documented: [{ label: 'Confirmation', value: `FAX-2100${index}` }],
        },
        {
          at: at(-47, 3),
          event: 'Payer answered',
          by: null,
          detail: approved === null ? 'denied' : `${approved} visits approved`,
        },
        { at: at(-2, 0), event: 'Projection changed', by: null, detail: 'Two more visits were booked.' },
      ],
    });
  }

  const nameOf = (index: number): string => {
    const [given, family] = patients[index % patients.length] ?? ['', ''];
    return `${family}, ${given}`;
  };
  const open = [...items.values()].map(({ page }) => page.item);
  const lines = Array.from({ length: 25 }, (_, index) => {
    const item = open[index % open.length];
    return {
      workItem: item?.id ?? null,
      authorization: item?.subject ?? null,
      patientName: nameOf(index * 3),
      payer: item?.payer ?? payers[index % 4] ?? null,
      role: item?.role ?? '',
      priority: item?.priority ?? 5,
      priorityReason: item?.priorityReason ?? '',
      kind: item?.kind ?? '',
      reason: item?.reason ?? item?.priorityReason ?? '',
      dueAt: item?.dueAt ?? null,
      escalated: item?.escalated ?? false,
      reminded: item !== undefined && item.remindedAt !== null,
    };
  }).sort((a, b) => a.priority - b.priority);
  const report: MorningReport = {
    report: 'rep_demo000000000000000001',
    date: day(0),
    madeAt: at(0, -1),
    lines,
    counts: {
      total: lines.length,
      overdue: 3,
      escalated: lines.filter((line) => line.escalated).length,
      byRole: Object.fromEntries(
        [...Map.groupBy(lines, (line) => line.role)].map(([role, of]): [string, number] => [role, of.length]),
      ),
    },
  };
  return { items, authorizations, report };
}

/** Whether a number is one that people type when they have none. */
export function isPlaceholder(number: Json): boolean {
  return typeof number !== 'string' || /^(0+|tbd|n\/?a|pending|none|x+)?$/i.test(number.trim());
}

/** The missing element of a draft, as long as it is missing. */
export function stillMissing(page: WorkItemPage, draft: Json): WorkItemPage['missing'] {
  if (page.missing === null) return null;
  const value = valueAt(draft, page.missing.path);
  return value === null || value === '' ? page.missing : null;
}
