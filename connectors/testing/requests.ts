// Questions for connector tests, as the server would make them for one check; every value is made up.
import type { ClaimStatusRequest } from '../../domain/claim/status.ts';
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';

const provider = { organizationName: 'Stride Test Clinic', npi: '1999999984', taxId: '990000001' };

/** Is therapy covered on the day of the visit? */
export function sampleEligibilityRequest(changes: Partial<EligibilityRequest> = {}): EligibilityRequest {
  return {
    trace: 'CHECK000001',
    payer: { id: 'harbor-health', name: 'Harbor Health' },
    provider,
    subscriber: {
      name: { given: 'Orla', family: 'Fenwick-Test' },
      birthDate: '1958-03-14',
      gender: 'female',
      memberId: 'HBR900100200',
      groupNumber: null,
    },
    dependent: null,
    serviceDate: '2026-12-03',
    serviceTypes: ['PT'],
    ...changes,
  };
}

/** How does this claim stand? */
export function sampleClaimStatusRequest(changes: Partial<ClaimStatusRequest> = {}): ClaimStatusRequest {
  return {
    trace: 'STATUS000001',
    payer: { id: 'harbor-health', name: 'Harbor Health' },
    provider,
    subscriber: {
      given: 'Orla',
      family: 'Fenwick-Test',
      memberId: 'HBR900100200',
      birthDate: '1958-03-14',
      gender: 'female',
    },
    dependent: null,
    claim: {
      patientControlNumber: 'CLAIM0001',
      payerClaimNumber: null,
      chargeCents: 18_000,
      from: '2026-11-02',
      to: '2026-11-02',
    },
    ...changes,
  };
}

/** The claim of `sampleClaim` as an 837P. */
export function sampleClaimX12(): string {
  const segments = [
    'ISA*00*          *00*          *ZZ*CLINIC         *ZZ*PAYER          *261102*0815*^*00501*000000007*0*T*:',
    'GS*HC*CLINIC*PAYER*20261102*0815*7*X*005010X222A1',
    'ST*837*0001*005010X222A1',
    'NM1*IL*1*FENWICK-TEST*ORLA****MI*HBR900100200',
    'NM1*PR*2*HARBOR HEALTH*****PI*harbor-health',
    'CLM*CLAIM0001*180.5***11:B:1*Y*A*Y*Y',
    'LX*1',
    'SV1*HC:97110:GP*180.5*UN*3***1',
    'SE*7*0001',
    'GE*1*7',
    'IEA*1*000000007',
  ];
  return `${segments.join('~')}~`;
}
