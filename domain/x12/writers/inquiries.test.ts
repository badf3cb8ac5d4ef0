// The 270 and 276 as payers get them, segment by segment, and what is refused before it is sent.
import { expect, test } from 'vitest';
import type { ClaimStatusRequest } from '../../claim/status.ts';
import type { EligibilityRequest } from '../../eligibility/request-schema.ts';
import { GaitError } from '../../errors.ts';
import type { WrittenSegment } from '../writer.ts';
import { writeClaimStatusInquiry } from './claim-status-inquiry.ts';
import { writeEligibilityInquiry } from './eligibility-inquiry.ts';

const header = { control: '0001', reference: 'BATCH1', date: '2026-03-02', time: '0815' };
const submitter = { name: 'RIVERSIDE PHYSICAL THERAPY', id: 'ETIN1' };
const provider = { organizationName: 'RIVERSIDE PHYSICAL THERAPY', npi: '1999999984', taxId: '999000001' };

const coverage: EligibilityRequest = {
  trace: 'TRACE1',
  payer: { id: '00882', name: 'SUNRISE' },
  provider,
  subscriber: {
    name: { given: 'PAT', family: 'SAMPLE' },
    birthDate: '1980-01-01',
    gender: 'female',
    memberId: 'SAMPLE0001',
    groupNumber: 'GROUP7',
  },
  dependent: null,
  serviceDate: '2026-03-09',
  serviceTypes: ['PT', '30'],
};

const claim: ClaimStatusRequest = {
  trace: 'TRACE2',
  payer: { id: '00882', name: 'SUNRISE' },
  provider,
  subscriber: {
    given: 'PAT',
    family: 'SAMPLE',
    memberId: 'SAMPLE0001',
    birthDate: '1980-01-01',
    gender: 'female',
  },
  dependent: null,
  claim: {
    patientControlNumber: 'CLAIM1',
    payerClaimNumber: 'PAYER1',
    chargeCents: 15050,
    from: '2026-01-05',
    to: '2026-01-05',
  },
};

/** As they stand in a file, the end of a line left out. */
function lines(segments: readonly WrittenSegment[]): string[] {
  return segments.map((segment) =>
    segment
      .map((element) =>
        typeof element === 'string'
          ? element
          : 'repetitions' in element
            ? element.repetitions.join('^')
            : element.join(':'),
      )
      .join('*')
      .replace(/\*+$/, ''),
  );
}

function refusal(write: () => unknown): [string, string | undefined] {
  try {
    write();
  } catch (error) {
    if (error instanceof GaitError) return [error.code, error.where];
  }
  return ['written', undefined];
}

test('a 270 about a subscriber: the visit’s day is DTP*291, the service types repeat in one EQ', () => {
  const { type, version, segments } = writeEligibilityInquiry([coverage], header);
  expect([type, version]).toEqual(['270', '005010X279A1']);
  expect(lines(segments)).toEqual([
    'BHT*0022*13*BATCH1*20260302*0815',
    'HL*1**20*1',
    'NM1*PR*2*SUNRISE*****PI*00882',
    'HL*2*1*21*1',
    'NM1*1P*2*RIVERSIDE PHYSICAL THERAPY*****XX*1999999984',
    'REF*TJ*999000001',
    'HL*3*2*22*0',
    'TRN*1*TRACE1*1999000001',
    'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001',
    'REF*6P*GROUP7',
    'DMG*D8*19800101*F',
    'DTP*291*D8*20260309',
    'EQ*PT^30',
  ]);
});

test('a 270 about a child: the question stands at the child’s level, with the relationship in INS', () => {
  const dependent = {
    name: { given: 'SAM', family: 'SAMPLE' },
    birthDate: '2015-06-30',
    gender: 'unknown',
    relationship: 'child',
  } as const;
  const { segments } = writeEligibilityInquiry([{ ...coverage, dependent, serviceTypes: ['PT'] }], header);
  expect(lines(segments).slice(6)).toEqual([
    'HL*3*2*22*1',
    'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001',
    'REF*6P*GROUP7',
    'DMG*D8*19800101*F',
    'HL*4*3*23*0',
    'TRN*1*TRACE1*1999000001',
    'NM1*03*1*SAMPLE*SAM',
    'DMG*D8*20150630',
    'INS*N*19',
    'DTP*291*D8*20260309',
    'EQ*PT',
  ]);
});

test('payers and providers have a level each time they change, and the order of the questions is kept', () => {
  const other = { ...coverage, payer: { id: '00441', name: 'MILLBROOK' } };
  const second = { ...coverage, provider: { ...provider, npi: '1999999992' } };
  const { segments } = writeEligibilityInquiry([coverage, coverage, second, other, coverage], header);
  const levels = lines(segments).filter((line) => line.startsWith('HL'));
  expect(levels).toEqual([
    ...['HL*1**20*1', 'HL*2*1*21*1', 'HL*3*2*22*0', 'HL*4*2*22*0', 'HL*5*1*21*1', 'HL*6*5*22*0'],
    ...['HL*7**20*1', 'HL*8*7*21*1', 'HL*9*8*22*0', 'HL*10**20*1', 'HL*11*10*21*1', 'HL*12*11*22*0'],
  ]);
});

test('without a member id a payer finds the person by name and birth date', () => {
  const { segments } = writeEligibilityInquiry(
    [{ ...coverage, subscriber: { ...coverage.subscriber, memberId: null, groupNumber: null } }],
    header,
  );
  expect(lines(segments)[8]).toBe('NM1*IL*1*SAMPLE*PAT');
});

test('a trace of a provider without a tax id is told to be the sender’s own', () => {
  const { segments } = writeEligibilityInquiry([{ ...coverage, provider: { ...provider, taxId: null } }], header);
  expect(lines(segments).find((line) => line.startsWith('TRN'))).toBe('TRN*1*TRACE1*9999999984');
});

test('a 276 about a claim: who asks, for which provider, which claim, what it was for', () => {
  const { type, version, segments } = writeClaimStatusInquiry([claim], { ...header, submitter });
  expect([type, version]).toEqual(['276', '005010X212']);
  expect(lines(segments)).toEqual([
    'BHT*0010*13*BATCH1*20260302*0815',
    'HL*1**20*1',
    'NM1*PR*2*SUNRISE*****PI*00882',
    'HL*2*1*21*1',
    'NM1*41*2*RIVERSIDE PHYSICAL THERAPY*****46*ETIN1',
    'HL*3*2*19*1',
    'NM1*1P*2*RIVERSIDE PHYSICAL THERAPY*****XX*1999999984',
    'HL*4*3*22*0',
    'DMG*D8*19800101*F',
    'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001',
    'TRN*1*TRACE2',
    'REF*1K*PAYER1',
    'REF*EJ*CLAIM1',
    'AMT*T3*150.5',
    'DTP*472*D8*20260105',
  ]);
});

test('a 276 about a child: the level 23 has no HL04, a period is RD8', () => {
  const dependent = { given: 'SAM', family: 'SAMPLE', birthDate: '2015-06-30', gender: 'male' } as const;
  const asked = { ...claim, dependent, claim: { ...claim.claim, chargeCents: null, to: '2026-01-31' } };
  const { segments } = writeClaimStatusInquiry([asked], { ...header, submitter });
  expect(lines(segments).slice(7)).toEqual([
    'HL*4*3*22*1',
    'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001',
    'HL*5*4*23',
    'DMG*D8*20150630*M',
    'NM1*QC*1*SAMPLE*SAM',
    'TRN*1*TRACE2',
    'REF*1K*PAYER1',
    'REF*EJ*CLAIM1',
    'DTP*472*RD8*20260105-20260131',
  ]);
});

test('what a payer could not read is refused, by the name of the field', () => {
  const eligibility = (change: Partial<EligibilityRequest>) =>
    refusal(() => writeEligibilityInquiry([{ ...coverage, ...change }], header));
  expect(eligibility({ provider: { ...provider, npi: null, taxId: null } })).toEqual(['input.invalid', 'provider.npi']);
  expect(eligibility({ serviceDate: '2026-02-30' })).toEqual(['input.invalid', 'serviceDate']);
  expect(eligibility({ payer: { id: ' ', name: 'SUNRISE' } })).toEqual(['input.invalid', 'payer.id']);
  const long = { given: 'A'.repeat(36), family: 'SAMPLE' };
  expect(eligibility({ subscriber: { ...coverage.subscriber, name: long } })).toEqual([
    'input.invalid',
    'subscriber.name.given',
  ]);
  expect(
    refusal(() =>
      writeClaimStatusInquiry([{ ...claim, subscriber: { ...claim.subscriber, memberId: null } }], {
        ...header,
        submitter,
      }),
    ),
  ).toEqual(['input.invalid', 'subscriber.memberId']);
});

test('a refusal names no patient', () => {
  const name = { given: 'A'.repeat(36), family: 'SAMPLE' };
  try {
    writeEligibilityInquiry([{ ...coverage, subscriber: { ...coverage.subscriber, name } }], header);
    expect.unreachable();
  } catch (error) {
    expect(JSON.stringify(error instanceof GaitError ? error.toBody() : error)).not.toMatch(/AAA|SAMPLE/);
  }
});
