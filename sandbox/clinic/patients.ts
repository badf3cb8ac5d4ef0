// A patient of the synthetic clinic: demographics, coverage, plan of care and the clinician's words.
import type { Random } from '../random.ts';
import { addDays } from './calendar.ts';
import type { Role } from './cast.ts';
import type { ClinicPatient } from './model.ts';
import { complaints, familyNames, givenNames, referrers, streets, therapists, towns } from './people.ts';
import { everyPayer, payers } from './payers.ts';

/** None of those of the people whom several systems know beyond the sixty. */
const areas = ['406', '435', '801'] as const;

const programmes = [
  [
    { code: '97110', unitsPerVisit: 2 },
    { code: '97140', unitsPerVisit: 1 },
    { code: '97530', unitsPerVisit: 1 },
  ],
  [
    { code: '97110', unitsPerVisit: 2 },
    { code: '97112', unitsPerVisit: 1 },
  ],
] as const;

export function unitsPerVisit(patient: ClinicPatient): number {
  return patient.planOfCare?.procedures.reduce((sum, procedure) => sum + (procedure.unitsPerVisit ?? 0), 0) ?? 0;
}

/** Every fifth patient has a second payer. Its ids are reckoned, not drawn: the rest of the clinic stays as it was. */
function secondary(role: Role, today: string): ClinicPatient['coverage'] {
  const payer = role.payer === 'commercialUnknown' ? payers.commercialContract : payers.commercialUnknown;
  return {
    payerId: payer.id,
    payerName: payer.name,
    memberId: `${payer.memberPrefix}${700_000_000 + role.index}`,
    groupNumber: `G${7000 + role.index}`,
    planName: payer.planName,
    relationship: 'spouse',
    order: 'secondary',
    from: `${today.slice(0, 4)}-01-01`,
    to: null,
  };
}

/** `evaluatedOn` is the patient's first visit. Patients of Medicare, by either way, are past 65. */
export function makePatient(role: Role, evaluatedOn: string, today: string, random: Random): ClinicPatient {
  const payer = everyPayer[role.payer];
  const complaint = random.pick(complaints);
  const programme = random.pick(programmes);
  const isOld = role.payer === 'medicareAdvantage' || role.payer === 'medicarePartB';
  const year = Number(today.slice(0, 4)) - (isOld ? random.between(66, 84) : random.between(19, 63));
  const given = givenNames[(role.index * 7) % givenNames.length] ?? 'Adela';
  const family = familyNames[(role.index * 11 + Math.floor(role.index / 30)) % familyNames.length] ?? 'Ashgrove';
  const latest = addDays(today, -random.between(2, 9));
  const rises = complaint.measure === 'LEFS';
  const [low, high] = [random.between(18, 34), random.between(35, 60)];
  const changed = role.condition === 'changedCoverage';
  return {
    recordNumber: `PT${10_001 + role.index}`,
    name: { given, family },
    birthDate: `${year}-${String(random.between(1, 12)).padStart(2, '0')}-${String(random.between(1, 28)).padStart(2, '0')}`,
    gender: random.pick(['female', 'male', 'female', 'male', 'unknown'] as const),
    contact: {
      // No two of the sixty share one: in several systems at once it speaks for the person.
      phone: `(${areas[random.between(0, 99) % areas.length] ?? areas[0]}) 555-01${String(role.index % 100).padStart(2, '0')}`,
      email: random.chance(80) ? `${given}.${family.replace(/[^A-Za-z]/g, '')}@example.org`.toLowerCase() : null,
    },
    address: {
      line: `${random.between(10, 990)} ${random.pick(streets)}`,
      city: random.pick(towns),
      state: 'CO',
      postalCode: `000${random.between(10, 99)}`,
    },
    coverage: {
      payerId: payer.id,
      payerName: payer.name,
      memberId: `${payer.memberPrefix}${random.between(100_000_000, 999_999_999)}`,
      groupNumber: role.payer === 'medicaid' ? null : `G${random.between(1000, 9999)}`,
      planName: payer.planName,
      relationship: 'self',
      order: 'primary',
      from: changed ? addDays(today, -9) : `${today.slice(0, 4)}-01-01`,
      to: null,
    },
    referringProvider: random.pick(referrers),
    renderingProvider: therapists[role.therapist] ?? null,
    diagnoses: complaint.diagnoses.map((code) => ({ code })),
    planOfCare: {
      from: evaluatedOn,
      to: addDays(evaluatedOn, 90),
      visitsPerWeek: role.weekdays.length,
      weeks: 12,
      procedures: [...programme],
    },
    clinical: {
      evaluationDate: evaluatedOn,
      limitations: complaint.limitations,
      goals: complaint.goals,
      progress: role.condition === 'missingElement' || role.condition === 'initialNeeded' ? null : complaint.progress,
      outcomeMeasures: [
        { measure: complaint.measure, score: rises ? low : high, date: evaluatedOn },
        ...(latest > evaluatedOn ? [{ measure: complaint.measure, score: rises ? high : low, date: latest }] : []),
      ],
    },
    authorizationRequired: role.condition !== 'notRequired',
    further: role.index % 5 === 0 ? [secondary(role, today)] : [],
  };
}
