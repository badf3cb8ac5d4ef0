// The words of Stedi's typed eligibility check (2026-06-01) and the X12 codes they stand for. A word that is not here stays as it came.

/** EB01 by the name of the list a benefit stands in. */
export const benefitLists = {
  coInsurance: 'A',
  coPayment: 'B',
  deductible: 'C',
  coverageBasis: 'CB',
  benefitDescription: 'D',
  exclusions: 'E',
  limitations: 'F',
  outOfPocket: 'G',
  unlimited: 'H',
  nonCovered: 'I',
  costContainment: 'J',
  reserve: 'K',
  primaryCareProvider: 'L',
  preExistingCondition: 'M',
  managedCareCoordinator: 'MC',
  servicesRestrictedToFollowingProvider: 'N',
  notDeemedMedicalNecessity: 'O',
  benefitDisclaimer: 'P',
  secondSurgicalOpinionRequired: 'Q',
  otherOrAdditionalPayer: 'R',
  priorYearsHistory: 'S',
  cardReportedStolen: 'T',
  contactFollowingEntityForInformation: 'U',
  cannotProcess: 'V',
  otherSourceOfData: 'W',
  healthCareFacility: 'X',
  spendDown: 'Y',
} as const;

type Words = Readonly<Record<string, string>>;

/** EB01 of a coverage status. */
export const statuses: Words = {
  ACTIVE_COVERAGE: '1',
  ACTIVE_FULL_RISK_CAPITATION: '2',
  ACTIVE_SERVICES_CAPITATED: '3',
  ACTIVE_SERVICES_CAPITATED_TO_PRIMARY_CARE_PROVIDER: '4',
  ACTIVE_PENDING_INVESTIGATION: '5',
  INACTIVE: '6',
  INACTIVE_PENDING_ELIGIBILITY_UPDATE: '7',
  INACTIVE_PENDING_INVESTIGATION: '8',
};

/** EB02. */
export const levels: Words = {
  CHILDREN_ONLY: 'CHD',
  DEPENDENTS_ONLY: 'DEP',
  EMPLOYEE_AND_CHILDREN: 'ECH',
  EMPLOYEE_ONLY: 'EMP',
  EMPLOYEE_AND_SPOUSE: 'ESP',
  FAMILY: 'FAM',
  INDIVIDUAL: 'IND',
  SPOUSE_AND_CHILDREN: 'SPC',
  SPOUSE_ONLY: 'SPO',
};

/** EB04. */
export const insuranceTypes: Words = {
  MEDICARE_SECONDARY_WORKING_AGED_BENEFICIARY_OR_SPOUSE_WITH_EMPLOYER_GROUP_HEALTH_PLAN: '12',
  MEDICARE_SECONDARY_ENDSTAGE_RENAL_DISEASE_BENEFICIARY_IN_THE_MANDATED_COORDINATION_PERIOD_WITH_AN_EMPLOYERS_GROUP_HEALTH_PLAN:
    '13',
  MEDICARE_SECONDARY_NOFAULT_INSURANCE_INCLUDING_AUTO_IS_PRIMARY: '14',
  MEDICARE_SECONDARY_WORKERS_COMPENSATION: '15',
  MEDICARE_SECONDARY_PUBLIC_HEALTH_SERVICE_PHS_OR_OTHER_FEDERAL_AGENCY: '16',
  MEDICARE_SECONDARY_BLACK_LUNG: '41',
  MEDICARE_SECONDARY_VETERANS_ADMINISTRATION: '42',
  MEDICARE_SECONDARY_DISABLED_BENEFICIARY_UNDER_AGE_65_WITH_LARGE_GROUP_HEALTH_PLAN_LGHP: '43',
  MEDICARE_SECONDARY_OTHER_LIABILITY_INSURANCE_IS_PRIMARY: '47',
  AUTO_INSURANCE_POLICY: 'AP',
  COMMERCIAL: 'C1',
  CONSOLIDATED_OMNIBUS_BUDGET_RECONCILIATION_ACT_COBRA: 'CO',
  MEDICARE_CONDITIONALLY_PRIMARY: 'CP',
  DISABILITY: 'D',
  DISABILITY_BENEFITS: 'DB',
  EXCLUSIVE_PROVIDER_ORGANIZATION: 'EP',
  FAMILY_OR_FRIENDS: 'FF',
  GROUP_POLICY: 'GP',
  HEALTH_MAINTENANCE_ORGANIZATION_HMO: 'HM',
  HEALTH_MAINTENANCE_ORGANIZATION_HMO_MEDICARE_RISK: 'HN',
  SPECIAL_LOW_INCOME_MEDICARE_BENEFICIARY: 'HS',
  INDEMNITY: 'IN',
  INDIVIDUAL_POLICY: 'IP',
  LONG_TERM_CARE: 'LC',
  LONG_TERM_POLICY: 'LD',
  LIFE_INSURANCE: 'LI',
  LITIGATION: 'LT',
  MEDICARE_PART_A: 'MA',
  MEDICARE_PART_B: 'MB',
  MEDICAID: 'MC',
  MEDIGAP_PART_A: 'MH',
  MEDIGAP_PART_B: 'MI',
  MEDICARE_PRIMARY: 'MP',
  OTHER: 'OT',
  PROPERTY_INSURANCE_PERSONAL: 'PE',
  PERSONAL: 'PL',
  PERSONAL_PAYMENT_CASH_NO_INSURANCE: 'PP',
  PREFERRED_PROVIDER_ORGANIZATION_PPO: 'PR',
  POINT_OF_SERVICE_POS: 'PS',
  QUALIFIED_MEDICARE_BENEFICIARY: 'QM',
  PROPERTY_INSURANCE_REAL: 'RP',
  SUPPLEMENTAL_POLICY: 'SP',
  TAX_EQUITY_FISCAL_RESPONSIBILITY_ACT_TEFRA: 'TF',
  WORKERS_COMPENSATION: 'WC',
  WRAP_UP_POLICY: 'WU',
};

/** EB06 and HSD05. */
export const periods: Words = {
  HOUR: '6',
  DAY: '7',
  '24_HOURS': '13',
  YEARS: '21',
  SERVICE_YEAR: '22',
  CALENDAR_YEAR: '23',
  YEAR_TO_DATE: '24',
  CONTRACT: '25',
  EPISODE: '26',
  VISIT: '27',
  OUTLIER: '28',
  REMAINING: '29',
  EXCEEDED: '30',
  NOT_EXCEEDED: '31',
  LIFETIME: '32',
  LIFETIME_REMAINING: '33',
  MONTH: '34',
  WEEK: '35',
  ADMISSION: '36',
};

/** EB09. */
export const quantityKinds: Words = {
  MINIMUM: '8H',
  QUANTITY_USED: '99',
  COVERED_ACTUAL: 'CA',
  COVERED_ESTIMATED: 'CE',
  NUMBER_OF_CO_INSURANCE_DAYS: 'D3',
  DEDUCTIBLE_BLOOD_UNITS: 'DB',
  DAYS: 'DY',
  HOURS: 'HS',
  LIFE_TIME_RESERVE_ACTUAL: 'LA',
  LIFE_TIME_RESERVE_ESTIMATED: 'LE',
  MAXIMUM: 'M2',
  MONTH: 'MN',
  NUMBER_OF_SERVICES_OR_PROCEDURES: 'P6',
  QUANTITY_APPROVED: 'QA',
  VISITS: 'VS',
  YEARS: 'YY',
};

/** HSD01. */
export const deliveryUnits: Words = { DAYS: 'DY', UNITS: 'FL', HOURS: 'HS', MONTH: 'MN', VISITS: 'VS' };

/** HSD03. */
export const frequencies: Words = { DAYS: 'DA', MONTHS: 'MO', VISIT: 'VS', WEEK: 'WK', YEARS: 'YR' };

/** EB12. */
export const networks: Readonly<Record<string, 'Y' | 'N' | 'W'>> = {
  IN_NETWORK: 'Y',
  OUT_OF_NETWORK: 'N',
  IN_AND_OUT_OF_NETWORK: 'W',
};

/** EB11; where nothing is said the payer may have said "unknown". */
export const authorizations: Readonly<Record<string, 'Y' | 'N'>> = { REQUIRED: 'Y', NOT_REQUIRED: 'N' };

/** DTP01 of a day or a whole period. */
export const dateQualifiers: Readonly<Record<string, string>> = {
  discharge: '096',
  issue: '102',
  effectiveDateOfChange: '152',
  completion: '198',
  coordinationOfBenefits: '290',
  plan: '291',
  benefit: '292',
  primaryCareProvider: '295',
  latestVisit: '304',
  eligibility: '307',
  added: '318',
  enrollment: '382',
  admission: '435',
  dateOfDeath: '442',
  certification: '458',
  service: '472',
  dateOfLastUpdate: '636',
  status: '771',
};

/** DTP01 of a beginning and of an end, where X12 has them apart. */
export const dateEnds: Readonly<Record<string, readonly [string, string]>> = {
  period: ['193', '194'],
  cobra: ['340', '341'],
  premiumPaidToDate: ['342', '343'],
  plan: ['346', '347'],
  benefit: ['348', '349'],
  eligibility: ['356', '357'],
  policy: ['539', '540'],
};

/** Whose data a payer refused. */
export const places = {
  ENVELOPE: 'source',
  PAYER: 'source',
  PROVIDER: 'receiver',
  SUBSCRIBER: 'subscriber',
  SUBSCRIBER_BENEFITS: 'subscriber',
  DEPENDENT: 'dependent',
  DEPENDENT_BENEFITS: 'dependent',
} as const;
