// Field names of the Medical Network that may be repeated to people: names of its documents, so that no value can pass for one.
export const wireFields: ReadonlySet<string> = new Set(
  `controlNumber tradingPartnerServiceId tradingPartnerName usageIndicator submitterTransactionIdentifier
  provider providers billing rendering referring supervising ordering providerType npi taxId employerId taxonomyCode organizationName
  submitter receiver contactInformation name phoneNumber email faxNumber
  subscriber dependent dependents memberId firstName lastName middleName suffix gender dateOfBirth groupNumber ssn
  individualRelationshipCode relationshipToSubscriberCode paymentResponsibilityLevelCode insuranceTypeCode subscriberGroupName
  address address1 address2 city state postalCode countryCode payToAddress
  encounter dateOfService beginningDateOfService endDateOfService serviceTypeCodes procedureCode procedureModifiers
  patientAccountNumber tradingPartnerClaimNumber submittedAmount trackingNumber
  claimInformation claimFilingCode patientControlNumber claimChargeAmount placeOfServiceCode claimFrequencyCode signatureIndicator
  planParticipationCode benefitsAssignmentCertificationIndicator releaseInformationCode patientSignatureSourceCode relatedCausesCode
  autoAccidentStateCode delayReasonCode claimDateInformation claimSupplementalInformation priorAuthorizationNumber referralNumber
  claimControlNumber medicalRecordNumber claimNote healthCareCodeInformation diagnosisTypeCode diagnosisCode serviceFacilityLocation
  serviceLines serviceLine serviceDate serviceDateEnd providerControlNumber professionalService procedureIdentifier
  lineItemChargeAmount measurementUnit serviceUnitCount compositeDiagnosisCodePointers diagnosisCodePointers serviceLineDateInformation
  payer payerId services value system requester patientEventDetail serviceLevel certificationTypeCode requestCategoryCode
  serviceTypeCode facilityTypeCode diagnosisCode1 eventDateBegin eventDateEnd x12`.split(/\s+/),
);
