// The people, payers and form fields of the synthetic clinic.
import type { DraftField, Session } from '../api.ts';

export const zone = 'America/Chicago';
export const password = 'correct horse battery';

export const users: readonly (Session['user'] & { readonly email: string })[] = [
  {
    id: 'usr_frontdesk00000000000001',
    displayName: 'Dana Reyes',
    roles: ['frontDesk'],
    credential: null,
    email: 'desk@example.org',
  },
  {
    id: 'usr_biller0000000000000002',
    displayName: 'Sam Okafor',
    roles: ['biller'],
    credential: null,
    email: 'biller@example.org',
  },
  {
    id: 'usr_therapist00000000000004',
    displayName: 'Kim Adair',
    roles: ['therapist'],
    credential: 'PT',
    email: 'pt@example.org',
  },
  {
    id: 'usr_admin00000000000000003',
    displayName: 'Lee Novak',
    roles: ['admin', 'frontDesk', 'biller'],
    credential: null,
    email: 'admin@example.org',
  },
];

export const payers = [
  { id: '00882', name: 'Medicare Advantage of the Lakes' },
  { id: '60054', name: 'Harbor Mutual PPO' },
  { id: '77003', name: 'Prairie Medicaid MCO' },
  { id: '10123', name: 'Stonebridge Workers’ Compensation' },
] as const;

export const patients = [
  ['Rosalind', 'Achterberg'],
  ['Bartholomew', 'Quillfeather'],
  ['Ines', 'Marchetti'],
  ['Theo', 'Lindqvist'],
  ['Wilhelmina', 'van der Straeten-Oyelaran'],
  ['Abe', 'Fontaine'],
  ['Noor', 'Haddad'],
  ['Calla', 'Brightwater'],
  ['Ivo', 'Petrov'],
  ['June', 'Okonkwo'],
] as const;

const field = (path: string, label: string, type: string, required = true): DraftField => ({
  path,
  label,
  type,
  required,
  copyReady: true,
});

export const requestFields: readonly DraftField[] = [
  field('patient.name.given', 'First name', 'text'),
  field('patient.name.family', 'Last name', 'text'),
  field('patient.birthDate', 'Date of birth', 'date'),
  field('coverage.payerName', 'Payer', 'text'),
  field('coverage.memberId', 'Member id', 'text'),
  field('coverage.groupNumber', 'Group number', 'text', false),
  field('provider.organizationName', 'Clinic', 'text'),
  field('provider.npi', 'Clinic NPI', 'text'),
  field('referringProvider.name', 'Referring provider', 'text'),
  field('referringProvider.npi', 'Referring provider NPI', 'text'),
  field('service.from', 'From', 'date'),
  field('service.to', 'To', 'date'),
  field('service.visits', 'Visits', 'integer'),
  field('service.frequency', 'Frequency', 'text'),
  field('service.diagnoses', 'Diagnoses', 'list'),
  field('clinical.evaluationDate', 'Evaluation date', 'date'),
  field('clinical.limitations', 'Limitations', 'longText'),
  field('clinical.goals', 'Goals', 'longText'),
  field('clinical.progress', 'Progress so far', 'longText'),
];
