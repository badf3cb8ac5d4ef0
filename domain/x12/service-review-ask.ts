// What a service review (278, 005010X217) asks a payer: the part of an authorization request that its segments can carry.
import type { AuthorizationRequest, Clinician } from '../authorization/request-schema.ts';
import { diagnosisCode, freeText } from './writers/elements.ts';

export interface ReviewClinician {
  readonly given: string | null;
  readonly family: string;
  readonly npi: string | null;
}

export interface ServiceReviewAsk {
  /** Our own number of the question (TRN02): no PHI. It comes back in the answer. */
  readonly trace: string;
  readonly payer: { readonly id: string; readonly name: string };
  readonly requester: { readonly organizationName: string; readonly npi: string | null; readonly taxId: string | null };
  readonly patient: {
    readonly given: string;
    readonly family: string;
    readonly memberId: string | null;
    readonly groupNumber: string | null;
    readonly birthDate: string | null;
    readonly gender: 'female' | 'male' | 'unknown';
  };
  /** UM02: I initial, R renewal, S revised, 1 immediate appeal, 2 standard appeal, 3 cancel. */
  readonly certification: string;
  readonly serviceType: string;
  readonly placeOfService: string;
  readonly from: string | null;
  readonly to: string | null;
  /** ICD-10-CM without points, the principal one first. */
  readonly diagnoses: readonly string[];
  readonly visits: number | null;
  /** Units of the whole review, where it names no visits. */
  readonly units: number | null;
  readonly procedures: readonly { readonly code: string; readonly units: number | null }[];
  readonly rendering: ReviewClinician | null;
  readonly referring: ReviewClinician | null;
  /** REF*BB: the number of the authorization this one renews, revises, appeals or cancels. */
  readonly previousNumber: string | null;
  /** REF*NT: the payer's number of the request itself. */
  readonly administrativeNumber: string | null;
  /** MSG01, 264 characters at most. */
  readonly message: string | null;
}

/** What a 278 has no segment for goes into its one message as far as there is room. */
const messageLength = 264;

/** An appeal is asked as a standard one (2): an immediate one (1) is for urgent care. */
const certifications = { initial: 'I', renewal: 'R', appeal: '2' } as const;

/**
 * @param trace TRN02, of the clinic's own making
 * @param revises whether the request changes one that the payer has already (UM02 S)
 */
export function askOf(request: AuthorizationRequest, trace: string, revises = false): ServiceReviewAsk {
  const { patient, coverage, provider, service } = request;
  const { visits, units } = totals(request);
  return {
    trace,
    payer: { id: coverage.payerId, name: coverage.payerName },
    requester: { organizationName: provider.organizationName, npi: provider.npi, taxId: provider.taxId },
    patient: {
      ...patient.name,
      memberId: coverage.memberId,
      groupNumber: coverage.groupNumber,
      birthDate: patient.birthDate,
      gender: patient.gender === 'other' ? 'unknown' : patient.gender,
    },
    certification: revises ? 'S' : certifications[request.kind],
    serviceType: service.serviceTypeCode,
    placeOfService: service.placeOfService,
    from: service.from,
    // DTP has no period with an end alone.
    to: service.from === null ? null : service.to,
    diagnoses: service.diagnoses.map(({ code }) => diagnosisCode(code)),
    visits,
    units,
    procedures: service.procedures.map(({ code, units: count }) => ({ code, units: count })),
    rendering: clinicianOf(request.renderingProvider),
    referring: clinicianOf(request.referringProvider),
    previousNumber: request.previousAuthorizationNumber,
    administrativeNumber: null,
    message: messageOf(request).text,
  };
}

/** Fields of a request that its 278 does not carry, as paths: they must reach the payer otherwise (PWK, fax, portal). */
export function leftOut(request: AuthorizationRequest): string[] {
  const { from, to } = request.service;
  return [...(from === null && to !== null ? ['service.to'] : []), ...messageOf(request).leftOut];
}

/** The last word of a name is the family name: a request keeps a clinician's name in one text. */
function clinicianOf(clinician: Clinician | null): ReviewClinician | null {
  if (clinician === null) return null;
  const words = clinician.name.trim().split(/\s+/);
  const given = words.slice(0, -1).join(' ');
  return { given: given === '' ? null : given, family: words.at(-1) ?? '', npi: clinician.npi };
}

function totals({ service }: AuthorizationRequest): { visits: number | null; units: number | null } {
  const { visits, units, procedures } = service;
  const byProcedure = procedures.some((procedure) => procedure.units !== null);
  return { visits, units: visits === null && !byProcedure ? units : null };
}

/** Whole topics in the order a reviewer needs them, as many as fit. */
function messageOf(request: AuthorizationRequest): { text: string | null; leftOut: string[] } {
  const { clinical, service } = request;
  const counted = service.procedures.reduce((sum, { units }) => sum + (units ?? 0), 0);
  const isTold = service.units === null || totals(request).units !== null || counted === service.units;
  const measures = clinical.outcomeMeasures.map(({ measure, score, date }) => `${measure} ${score} on ${date}`);
  const topics: readonly [string, string, string | null][] = [
    ['service.units', 'Units', isTold ? null : String(service.units)],
    ['service.frequency', 'Frequency', service.frequency],
    ['clinical.appealReason', 'Appeal', clinical.appealReason ?? null],
    ['clinical.evaluationDate', 'Evaluation', clinical.evaluationDate],
    ['clinical.outcomeMeasures', 'Outcome', measures.length === 0 ? null : measures.join(', ')],
    ['clinical.limitations', 'Limitations', clinical.limitations],
    ['clinical.progress', 'Progress', clinical.progress],
    ['clinical.goals', 'Goals', clinical.goals],
  ];
  let text = '';
  const leftOut: string[] = [];
  for (const [path, label, words] of topics) {
    const clean = freeText(words ?? '');
    if (clean === '') continue;
    const longer = text === '' ? `${label} ${clean}` : `${text}. ${label} ${clean}`;
    if (longer.length <= messageLength) text = longer;
    else leftOut.push(path);
  }
  return { text: text === '' ? null : text, leftOut };
}
