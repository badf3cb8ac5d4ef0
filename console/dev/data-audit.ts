// A data audit of the development server: figures, findings and two records that look like one person.
import { protocolOf } from '../../domain/data-audit/protocol.ts';
import { linkageBook, reconciliationRules, requirements } from '../../rules/testing/data-quality.ts';
import type { Json, WorkItemPage } from '../api.ts';
import { pairAsJson } from '../data-audit.ts';
import type { DataAuditPage, ReconciledVisits, ReconciliationState, ShownFinding } from '../data-audit.ts';

export const pairItem = 'wi_demopair00000000000001';

const fields = [
  ['given', 'First name', 1, 1],
  ['birthDate', 'Date of birth', 0.96, 1],
  ['phone', 'Phone', 0.9, null],
  ['payer', 'Payer', 0.98, 0.97],
  ['memberId', 'Member id', 0.93, 0.97],
] as const;

const system = (
  name: string,
  records: number,
  which: 2 | 3,
): NonNullable<DataAuditPage['last']>['systems'][number] => ({
  system: `conn_demo${name}`,
  name,
  records,
  fields: fields.map((row) => {
    const share = row[which];
    return { field: row[0], words: row[1], share, known: share === null ? 0 : Math.round(share * records) };
  }),
});

export function makeDataAudit(now: Date): DataAuditPage {
  const at = new Date(now.getTime() - 3_600_000).toISOString();
  const webpt = system('WebPT', 60, 2);
  const therabill = system('Therabill', 38, 3);
  const run = {
    audit: 'rec_demoaudit00000000000001',
    state: 'done' as const,
    askedAt: at,
    finishedAt: at,
    done: 98,
    total: 98,
    failure: null,
    figures: {
      records: 98,
      patients: 61,
      compared: 240,
      keysLeftOut: 0,
      unreadable: 0,
      bySeverity: { error: 4, warning: 7, note: 2 },
      byCode: [],
      systems: [webpt, therabill],
      since: { new: 2, gone: 5, unchanged: 11 },
    },
  };
  return {
    newest: run,
    last: { ...run, systems: [webpt, therabill] },
    groups: [
      {
        code: 'duplicate.same',
        severity: 'error',
        system: webpt.system,
        systemName: webpt.name,
        field: null,
        fieldWords: null,
        count: 1,
        words: 'Two records are of one person, as far as they tell',
      },
      {
        code: 'missing.everywhere',
        severity: 'warning',
        system: therabill.system,
        systemName: therabill.name,
        field: 'phone',
        fieldWords: 'Phone',
        count: 1,
        words: 'The system tells this of nobody',
      },
      {
        code: 'placeholder.value',
        severity: 'error',
        system: webpt.system,
        systemName: webpt.name,
        field: 'birthDate',
        fieldWords: 'Date of birth',
        count: 2,
        words: 'Something stands there that means nothing (TBD, 000-000-0000, 1900-01-01)',
      },
      {
        code: 'contact.failing',
        severity: 'warning',
        system: webpt.system,
        systemName: webpt.name,
        field: 'phone',
        fieldWords: 'Phone',
        count: 3,
        words: 'The last messages to it did not arrive',
      },
    ],
    links: [
      {
        id: 'rec_demolink000000000000001',
        patient: 'pat_demo0000000000000009',
        standsFor: 'pat_demo0000000000000002',
        at,
        stayed: [{ what: 'appointments', refs: ['appt_demo000000000000001'], why: 'both' }],
      },
    ],
    protocol: protocolOf({ requirements, linkage: linkageBook, reconciliation: reconciliationRules }),
  };
}

export function findingsOf(code: string | null): readonly ShownFinding[] {
  const one = (ref: string, name: string, authorization: string | null) => ({ ref, name, authorization });
  if (code === 'duplicate.same')
    return [
      {
        key: 'duplicate',
        severity: 'error',
        subject: one('pat_demo0000000000000098', 'Wetherby, Josephine', null),
        other: one('pat_demo0000000000000099', 'Wetherby, Josie', null),
        workItem: pairItem,
        isNew: true,
      },
    ];
  return [
    {
      key: 'placeholder-1',
      severity: 'error',
      subject: one('pat_demo0000000000000004', 'Ellery, Amos', 'auth_demo0000000000000000'),
      other: null,
      workItem: null,
      isNew: false,
    },
  ];
}

export const comparedVisits: ReconciledVisits = {
  patients: 61,
  agree: 58,
  items: { opened: 1, changed: 0, closed: 2, same: 2, accepted: 0 },
};

/** The comparison of last night. */
export function comparisonOf(now: Date): ReconciliationState {
  const at = (hours: number): string => new Date(now.getTime() + hours * 3_600_000).toISOString();
  return {
    nextAt: at(14),
    isRunning: false,
    last: { finishedAt: at(-10), figures: { ...comparedVisits, disagreeing: 3 }, failure: null },
  };
}

/** The item that lays two records side by side. */
export function pairPage(now: Date, hashOf: (draft: Json) => string): WorkItemPage {
  const at = new Date(now.getTime() - 3_600_000).toISOString();
  const row = (label: string, first: string | null, second: string | null, words: string | null) => ({
    label,
    first,
    second,
    words,
  });
  const draft = pairAsJson({
    sources: { first: { system: 'WebPT', asOf: at }, second: { system: 'Therabill', asOf: null } },
    rows: [
      row('First name', 'Josephine', 'Josie', 'one is a short form of the other'),
      row('Last name', 'Wetherby', 'Wetherby', 'the same'),
      row('Date of birth', '1958-01-10', '1958-10-01', 'day and month have changed places'),
      row('Phone', '(312) 555-0101', null, null),
      row('Payer', 'Keystone Mutual', 'Keystone Mutual', null),
      row('Member id', 'TEST1000', 'TEST1000', 'the same'),
    ],
    conclusion: 'One person, as far as the records tell (over 99.9 % probable)',
    weights: [
      { words: 'First name: one is a short form of the other', strangerBits: 4.6, householdBits: 4.1 },
      { words: 'Last name: the same', strangerBits: 9.8, householdBits: 0.2 },
      { words: 'Date of birth: day and month have changed places', strangerBits: 7.6, householdBits: 6.3 },
      { words: 'Member id: the same', strangerBits: 14, householdBits: 0.5 },
    ],
  });
  return {
    item: {
      id: pairItem,
      kind: 'patient.merge',
      role: 'frontDesk',
      status: 'open',
      priority: 5,
      priorityReason: 'No booked visit is known to be lost',
      reason: 'One person, as far as the records tell (over 99.9 % probable)',
      title: 'Same person? Two records look like one',
      dueAt: null,
      openedAt: at,
      subject: null,
      payer: null,
      escalated: false,
      remindedAt: null,
      patientName: 'Wetherby, Josephine',
      decisions: ['merge', 'keepApart'],
      decision: null,
    },
    revision: { number: 1, hash: hashOf(draft), by: 'Gait', at },
    draft,
    draftKind: 'patientPair',
    fields: [],
    evidence: [],
    missing: null,
    timeline: [],
  };
}
