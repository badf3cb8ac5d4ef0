// Items of the development server about patients whom several systems keep: one of every kind, as the server lays them out.
import { workItemKinds } from '../../domain/work-item/kinds.ts';
import { fieldsFor } from '../../server/work-items/fields.ts';
import type { Json, WorkItemPage } from '../api.ts';

/** The items' ids, by kind. */
export const onboardingItems = {
  'patient.review': 'wi_demonew000000000000001',
  'patient.welcome': 'wi_demonew000000000000002',
  'record.enter': 'wi_demonew000000000000003',
  'record.send': 'wi_demonew000000000000004',
  'patient.conflict': 'wi_demonew000000000000005',
  'record.gone': 'wi_demonew000000000000006',
  'visits.disagree': 'wi_demonew000000000000007',
  'file.upload': 'wi_demonew000000000000008',
} as const;

type Kind = keyof typeof onboardingItems;

const values = [
  { label: 'First name', value: 'Marigold' },
  { label: 'Last name', value: 'Fennimore-Achterberg' },
  { label: 'Date of birth', value: '03/14/1961' },
  { label: 'Phone', value: '(303) 555-0142' },
  { label: 'Address', value: '85 Juniper Court\nPine Hollow\nCO\n00088' },
  { label: 'Payer', value: 'Harbor Mutual PPO' },
  { label: 'Member id', value: 'TEST104733' },
];

const evidence = [
  { label: 'Coverage check', value: 'answered, for 2026-11-24', source: 'Payer' },
  {
    label: 'Billing: not told of the patient',
    value: 'No agreement with this vendor is on file. An administrator records it at the connection.',
    source: 'Gait',
  },
  {
    label: 'Enter a change in another system: open',
    value: 'BreezyNotes: make this patient known there',
    source: 'Work list',
  },
];

/** What each lays before the person, and why. */
function contents(at: string): Readonly<Record<Kind, { reason: string; draft: Json; copyReady?: typeof values }>> {
  const message =
    'Welcome to Lakeside Physical Therapy. Please fill in your forms before you come: https://forms.example.org/intake Reply STOP to get no more messages.';
  return {
    'patient.review': {
      reason: 'A new patient; missing: E-mail, Group number',
      draft: {
        patient: {
          given: 'Marigold',
          family: 'Fennimore-Achterberg',
          birthDate: '1961-03-14',
          phone: '(303) 555-0142',
          email: null,
          address: '85 Juniper Court, Pine Hollow, CO, 00088',
        },
        coverage: { payerName: 'Harbor Mutual PPO', memberId: 'TEST104733', groupNumber: null, planName: null },
        missing: ['E-mail', 'Group number'],
      },
    },
    'patient.welcome': {
      reason: 'A new patient: welcome them and send the intake forms',
      draft: { system: 'Text message or e-mail', values: [] },
      copyReady: [
        { label: 'Phone', value: '(303) 555-0142' },
        { label: 'Message', value: message },
      ],
    },
    'record.enter': {
      reason: 'BreezyNotes: make this patient known there',
      draft: { system: 'BreezyNotes', values: [] },
      copyReady: values,
    },
    'record.send': {
      reason: 'Raintree: make this patient known there',
      draft: { system: 'Raintree', values: [] },
      copyReady: values,
    },
    'patient.conflict': {
      reason: 'BreezyNotes says another date of birth than WebPT',
      draft: {
        field: 'Date of birth',
        holds: { value: '1961-03-14', source: 'WebPT' },
        says: { value: '1961-04-13', source: 'BreezyNotes', asOf: at },
      },
    },
    'record.gone': { reason: 'Raintree merged this record into another', draft: null },
    'visits.disagree': {
      reason: '1 visit without a note, 1 authorization that counts other visits than the schedule',
      draft: {
        days: [
          '2026-11-16: the patient came, there is no note',
          'Authorization period 1 counts 14 visits, the schedule 15',
        ],
        counts: [
          `Visits made, by the schedule: 15, as of ${at}`,
          `Days with a note: 14, as of ${at}`,
          'Days with a charge or a claim: unknown',
          'Visits used, by the authorization: 14, as of 2026-11-20; by the schedule 15',
        ],
      },
    },
    'file.upload': {
      reason:
        "client-2445666ee009c1b9.csv lies in the folder upload. Import it with Therabill's client import, then say so here",
      draft: null,
    },
  };
}

/** A page of each kind. */
export function onboardingPages(now: Date, hashOf: (draft: Json) => string): WorkItemPage[] {
  const at = new Date(now.getTime() - 3_600_000).toISOString();
  const dueAt = new Date(now.getTime() + 20 * 3_600_000).toISOString();
  const all = contents(at);
  return Object.entries(onboardingItems).flatMap(([kind, id]) => {
    if (!isKind(kind)) return [];
    const { role, title, decisions, draft: draftKind } = workItemKinds[kind];
    const { reason, draft, copyReady = null } = all[kind];
    return [
      {
        item: {
          id,
          kind,
          role,
          status: 'open',
          priority: 4,
          priorityReason: 'Tomorrow',
          reason,
          title,
          dueAt: kind === 'visits.disagree' ? null : dueAt,
          openedAt: at,
          subject: 'pat_demonew0000000000001',
          payer: null,
          escalated: false,
          remindedAt: null,
          patientName: 'Fennimore-Achterberg, Marigold',
          decisions: [...decisions],
          decision: null,
        },
        revision: draft === null ? null : { number: 1, hash: hashOf(draft), by: 'Gait', at },
        draft,
        draftKind: draftKind === 'none' ? null : draftKind,
        fields: fieldsFor(draftKind, [], copyReady !== null).map((field) => ({ ...field, editable: false })),
        ...(copyReady === null ? {} : { copyReady }),
        evidence: kind === 'visits.disagree' ? evidence.slice(0, 1) : evidence,
        missing: null,
        timeline: [],
      },
    ];
  });
}

const isKind = (kind: string): kind is Kind => Object.hasOwn(onboardingItems, kind);
