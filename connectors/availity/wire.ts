// The parts of Availity's documents that a physical therapy request uses, in our own types.

export interface WireProvider {
  readonly lastName?: string;
  readonly firstName?: string;
  readonly npi?: string;
  readonly taxId?: string;
  readonly specialtyCode?: string;
  readonly roleCode?: string;
}

/** Quantities are texts on the wire; `VS` counts visits, `UN` units. */
export interface WireServiceReview {
  readonly requestTypeCode: 'HS';
  readonly serviceTypeCode: string;
  readonly placeOfServiceCode: string;
  readonly quantity: string;
  readonly quantityTypeCode: 'VS';
  readonly fromDate: string;
  readonly toDate: string;
  readonly diagnoses: readonly { readonly qualifierCode: 'ABK' | 'ABF'; readonly code: string }[];
  readonly procedures: readonly {
    readonly qualifierCode: 'HC';
    readonly code: string;
    readonly quantity?: string;
    readonly quantityTypeCode?: 'UN';
  }[];
  readonly payer: { readonly id: string; readonly name?: string };
  readonly requestingProvider: WireProvider;
  readonly renderingProviders: readonly WireProvider[];
  readonly subscriber: { readonly memberId: string; readonly firstName: string; readonly lastName: string };
  readonly patient: {
    readonly firstName: string;
    readonly lastName: string;
    readonly birthDate: string;
    readonly genderCode?: 'F' | 'M' | 'U';
    readonly subscriberRelationshipCode: '18';
  };
  readonly providerNotes?: readonly { readonly message: string }[];
  readonly supplementalInformation?: { readonly refAuthNumber: string };
}

/** Field names that may be repeated to people: the names of the document, so that no value can pass for one. */
export const wireFields: ReadonlySet<string> = new Set([
  'requestTypeCode',
  'serviceTypeCode',
  'placeOfServiceCode',
  'quantity',
  'quantityTypeCode',
  'fromDate',
  'toDate',
  'diagnoses',
  'qualifierCode',
  'code',
  'procedures',
  'payer',
  'id',
  'name',
  'requestingProvider',
  'renderingProviders',
  'lastName',
  'firstName',
  'npi',
  'taxId',
  'specialtyCode',
  'roleCode',
  'subscriber',
  'memberId',
  'groupNumber',
  'patient',
  'birthDate',
  'genderCode',
  'subscriberRelationshipCode',
  'providerNotes',
  'message',
  'supplementalInformation',
  'refAuthNumber',
  'certificationNumber',
  'certificationIssueDate',
  'certificationEffectiveDate',
  'certificationExpirationDate',
  'statusCode',
  // Coverages 1.0.0
  'payerId',
  'providerLastName',
  'providerNpi',
  'providerTaxId',
  'asOfDate',
  'serviceType',
  'patientLastName',
  'patientFirstName',
  'patientBirthDate',
  'patientGender',
  'subscriberRelationship',
  // Claim Statuses 1.0.0
  'submitter',
  'providers',
  'accountNumber',
  'claimNumber',
  'claimAmount',
]);

/** Whether a text has the shape of a code: anything longer may be a sentence of the vendor's about a person. */
export function isShortCode(text: string): boolean {
  return /^[A-Za-z0-9]{1,5}$/.test(text);
}
