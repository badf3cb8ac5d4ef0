// The parts of a professional claim (v3) that a therapy claim uses, in our own types. Amounts and counts are texts, dates `YYYYMMDD`.

export interface WireAddress {
  readonly address1?: string;
  readonly address2?: string;
  readonly city?: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly countryCode?: string;
}

export interface WireContact {
  readonly name: string;
  readonly phoneNumber?: string;
  readonly phoneExtension?: string;
  readonly faxNumber?: string;
  readonly email?: string;
}

export interface WireProvider {
  readonly providerType: 'BillingProvider' | 'RenderingProvider' | 'ReferringProvider' | 'SupervisingProvider';
  readonly npi?: string;
  readonly employerId?: string;
  readonly ssn?: string;
  readonly taxonomyCode?: string;
  readonly organizationName?: string;
  readonly lastName?: string;
  readonly firstName?: string;
  readonly middleName?: string;
  readonly suffix?: string;
  readonly address?: WireAddress;
  readonly contactInformation?: WireContact;
}

export interface WireInsured {
  readonly memberId?: string;
  readonly paymentResponsibilityLevelCode: string;
  readonly organizationName?: string;
  readonly lastName?: string;
  readonly firstName?: string;
  readonly middleName?: string;
  readonly suffix?: string;
  readonly gender: 'F' | 'M' | 'U';
  readonly dateOfBirth?: string;
  readonly insuranceTypeCode?: string;
  readonly groupNumber?: string;
  readonly subscriberGroupName?: string;
  readonly address?: WireAddress;
}

export interface WireDependent {
  readonly relationshipToSubscriberCode: string;
  readonly lastName: string;
  readonly firstName: string;
  readonly middleName?: string;
  readonly suffix?: string;
  readonly gender: 'F' | 'M' | 'U';
  readonly dateOfBirth: string;
  readonly address?: WireAddress;
}

export interface WireServiceLine {
  readonly serviceDate: string;
  readonly serviceDateEnd?: string;
  readonly providerControlNumber?: string;
  readonly professionalService: {
    readonly procedureIdentifier: string;
    readonly procedureCode: string;
    readonly procedureModifiers?: readonly string[];
    readonly description?: string;
    readonly lineItemChargeAmount: string;
    readonly measurementUnit: string;
    readonly serviceUnitCount: string;
    readonly placeOfServiceCode?: string;
    readonly compositeDiagnosisCodePointers: { readonly diagnosisCodePointers: readonly string[] };
    readonly emergencyIndicator?: 'Y';
  };
  readonly serviceLineDateInformation?: Readonly<Record<string, string>>;
  readonly serviceLineReferenceInformation?: {
    readonly priorAuthorization?: readonly { readonly priorAuthorizationOrReferralNumber: string }[];
    readonly referralNumber?: readonly string[];
  };
  readonly additionalNotes?: string;
  readonly goalRehabOrDischargePlans?: string;
  readonly thirdPartyOrganizationNotes?: string;
  readonly renderingProvider?: WireProvider;
}

export interface WireClaim {
  readonly controlNumber: string;
  readonly tradingPartnerServiceId: string;
  readonly usageIndicator: 'P' | 'T';
  readonly submitter: { readonly organizationName: string; readonly contactInformation: WireContact };
  readonly receiver: { readonly organizationName: string };
  readonly subscriber: WireInsured;
  readonly dependent?: WireDependent;
  readonly billing: WireProvider;
  readonly rendering?: WireProvider;
  readonly referring?: WireProvider;
  readonly supervising?: WireProvider;
  readonly payToAddress?: WireAddress;
  readonly claimInformation: Readonly<Record<string, unknown>> & {
    readonly patientControlNumber: string;
    readonly claimChargeAmount: string;
    readonly serviceLines: readonly WireServiceLine[];
  };
}
