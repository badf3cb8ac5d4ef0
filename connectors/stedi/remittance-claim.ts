// One claim of an 835 in Stedi's JSON, with its service lines (005010X221A1, loops 2100 and 2110).
import type {
  RemittanceClaim,
  RemittanceDate,
  RemittanceLine,
  RemittanceName,
  RemittanceProcedure,
} from '../../domain/claim/remittance.ts';
import { at, dateAt, listAt, textAt } from '../json.ts';
import { adjustmentsIn, amountsIn, centsIn, contactIn, numberIn, referencesIn } from './remittance-parts.ts';

/** REF01 of a claim by the vendor's name. */
const claimReferences: Readonly<Record<string, string>> = {
  groupOrPolicyNumber: '1L',
  memberIdentificationNumber: '1W',
  employeeIdentificationNumber: '28',
  groupNumber: '6P',
  rePricedClaimReferenceNumber: '9A',
  adjustedRePricedClaimReferenceNumber: '9C',
  authorizationNumber: 'BB',
  classOfContractCode: 'CE',
  medicalRecordIdentificationNumber: 'EA',
  originalReferenceNumber: 'F8',
  priorAuthorizationNumber: 'G1',
  predeterminationOfBenefitsIdentificationNumber: 'G3',
  insurancePolicyNumber: 'IG',
};

const lineReferences: Readonly<Record<string, string>> = {
  ambulatoryPatientGroupNumber: '1S',
  ambulatoryPaymentClassification: 'APC',
  authorizationNumber: 'BB',
  attachmentCode: 'E9',
  priorAuthorizationNumber: 'G1',
  preDeterminationOfBenefitsIdentificationNumber: 'G3',
  locationNumber: 'LU',
  rateCodeNumber: 'RB',
};

/** AMT01 of a claim. */
const claimAmounts: Readonly<Record<string, string>> = {
  coverageAmount: 'AU',
  discountAmount: 'D8',
  perDayLimit: 'DY',
  patientAmountPaid: 'F5',
  interest: 'I',
  negativeLedgerBalance: 'NL',
  tax: 'T',
  totalClaimBeforeTaxes: 'T2',
};

const lineAmounts: Readonly<Record<string, string>> = {
  allowedActual: 'B6',
  deductionAmount: 'KH',
  tax: 'T',
  totalClaimBeforeTaxes: 'T2',
};

/** DTM01 by the vendor's name; the period of a statement comes with hyphens, the others without. */
const claimDates: Readonly<Record<string, string>> = {
  coverageExpirationDate: '036',
  claimReceivedDate: '050',
  claimStatementPeriodStart: '232',
  claimStatementPeriodEnd: '233',
};
const lineDates: Readonly<Record<string, string>> = {
  serviceStartDate: '150',
  serviceEndDate: '151',
  serviceDate: '472',
};

/** NM101 by the vendor's name, with what NM108 and NM109 may be there. */
const names = [
  [
    'patientName',
    'QC',
    { memberId: 'MI', healthInsuranceClaimNumber: 'HN', medicaidRecipientIdentificationNumber: 'MR' },
  ],
  ['subscriber', 'IL', { memberId: 'MI', taxId: 'FI' }],
  ['correctedPatientOrInsuredName', '74', { insuredsChangedUniqueIdentificationNumber: 'C' }],
  ['renderingProvider', '82', { npi: 'XX' }],
  ['crossoverCarrier', 'TT', { payorId: 'PI', taxId: 'FI' }],
  ['correctedPriorityPayer', 'PR', { payorId: 'PI', taxId: 'FI' }],
  ['otherSubscriber', 'GB', { memberId: 'MI', taxId: 'FI' }],
] as const;

export function claimIn(payment: unknown, source: string): RemittanceClaim {
  const info = at(payment, 'claimPaymentInfo');
  const identification = at(payment, 'otherClaimRelatedIdentification');
  return {
    patientControlNumber: textAt(info, 'patientControlNumber'),
    status: textAt(info, 'claimStatusCode'),
    chargeCents: centsIn(info, 'totalClaimChargeAmount'),
    paidCents: centsIn(info, 'claimPaymentAmount'),
    patientResponsibilityCents: centsIn(info, 'patientResponsibilityAmount'),
    filingCode: textAt(info, 'claimFilingIndicatorCode'),
    payerClaimNumber: textAt(info, 'payerClaimControlNumber'),
    facilityCode: textAt(info, 'facilityTypeCode'),
    frequency: textAt(info, 'claimFrequencyCode'),
    names: names.flatMap(([name, role, ids]) => nameIn(at(payment, name), role, ids, `${source}.${name}`)),
    adjustments: adjustmentsIn(listAt(payment, 'claimAdjustments'), `${source}.claimAdjustments`),
    remarks: ['inpatientAdjudication', 'outpatientAdjudication'].flatMap((name) => remarksIn(at(payment, name))),
    dates: datesIn(payment, source, claimDates),
    references: referencesIn(identification, `${source}.otherClaimRelatedIdentification`, claimReferences),
    contacts: listAt(payment, 'claimContactInformation').map((one) => contactIn('CX', one)),
    amounts: amountsIn(at(payment, 'claimSupplementalInformation'), claimAmounts),
    quantities: [],
    lines: listAt(payment, 'serviceLines').map((line, index) => lineIn(line, `${source}.serviceLines[${index}]`)),
    source,
  };
}

function lineIn(line: unknown, source: string): RemittanceLine {
  const info = at(line, 'servicePaymentInformation');
  const controlNumber = textAt(line, 'lineItemControlNumber');
  return {
    procedure: procedureIn(info, {
      qualifier: 'productOrServiceIDQualifier',
      code: 'adjudicatedProcedureCode',
      modifiers: 'adjudicatedProcedureModifierCodes',
    }),
    submittedProcedure: procedureIn(info, {
      qualifier: 'submittedProductOrServiceIDQualifier',
      code: 'submittedAdjudicatedProcedureCode',
      modifiers: 'submittedAdjudicatedProcedureModifierCodes',
    }),
    revenueCode: textAt(info, 'nationalUniformBillingCommitteeRevenueCode'),
    chargeCents: centsIn(info, 'lineItemChargeAmount'),
    paidCents: centsIn(info, 'lineItemProviderPaymentAmount'),
    units: numberIn(info, 'unitsOfServicePaidCount'),
    submittedUnits: numberIn(info, 'originalUnitsOfServiceCount'),
    controlNumber,
    dates: datesIn(line, source, lineDates),
    adjustments: adjustmentsIn(listAt(line, 'serviceAdjustments'), `${source}.serviceAdjustments`),
    references: [
      ...referencesIn(at(line, 'serviceIdentification'), `${source}.serviceIdentification`, lineReferences),
      ...referencesIn(line, source, { lineItemControlNumber: '6R' }),
    ],
    amounts: amountsIn(at(line, 'serviceSupplementalAmounts'), lineAmounts),
    quantities: [],
    remarks: listAt(line, 'healthCareCheckRemarkCodes').map((remark) => ({
      qualifier: textAt(remark, 'codeListQualifierCode'),
      value: textAt(remark, 'remarkCode'),
    })),
    source,
  };
}

function procedureIn(
  info: unknown,
  fields: { readonly qualifier: string; readonly code: string; readonly modifiers: string },
): RemittanceProcedure | null {
  const value = textAt(info, fields.code);
  if (value === null) return null;
  const modifiers = listAt(info, fields.modifiers).filter((one) => typeof one === 'string');
  return { qualifier: textAt(info, fields.qualifier), value, modifiers };
}

function nameIn(name: unknown, role: string, ids: Readonly<Record<string, string>>, source: string): RemittanceName[] {
  if (name === undefined) return [];
  const organization = textAt(name, 'organizationName');
  const [id] = referencesIn(name, source, ids);
  return [
    {
      role,
      kind: organization === null ? 'person' : 'organization',
      family: organization ?? textAt(name, 'lastName'),
      given: textAt(name, 'firstName'),
      id: id === undefined ? null : { qualifier: id.qualifier, value: id.value },
      source,
    },
  ];
}

function datesIn(holder: unknown, source: string, qualifiers: Readonly<Record<string, string>>): RemittanceDate[] {
  return Object.entries(qualifiers).flatMap(([name, qualifier]) =>
    textAt(holder, name) === null ? [] : [{ qualifier, date: dateAt(holder, name), source: `${source}.${name}` }],
  );
}

/** MIA and MOA name up to five remark codes. */
function remarksIn(adjudication: unknown): string[] {
  return [1, 2, 3, 4, 5]
    .map((place) => textAt(adjudication, `claimPaymentRemarkCode${place}`))
    .filter((code) => code !== null);
}
