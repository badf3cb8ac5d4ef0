// Synthetic professional claims (837P) for the tests: one patient who is the subscriber, one who is not and has another payer too.

/** A level with what stands in it, a segment each, without delimiter at the end. */
export const claimHeader = [
  'BHT*0019*00*BATCH7*20260302*0815*CH',
  'NM1*41*2*RIVERSIDE PHYSICAL THERAPY*****46*CLINIC',
  'PER*IC*FRONT DESK*TE*5555550100*EX*12',
  'NM1*40*2*SUNRISE HEALTH*****46*00882',
];

export const clinicLevel = [
  'HL*1**20*1',
  'PRV*BI*PXC*261QP2000X',
  'NM1*85*2*RIVERSIDE PHYSICAL THERAPY*****XX*1999999984',
  'N3*1 RIVER STREET*SUITE 4',
  'N4*SPRINGFIELD*OH*455010000',
  'REF*EI*990000001',
];

export const subscriberLevel = [
  'HL*2*1*22*0',
  'SBR*P*18*GRP100******CI',
  'NM1*IL*1*SAMPLE*ROBIN*Q***MI*SAMPLE0001',
  'N3*2 HILL ROAD',
  'N4*SPRINGFIELD*OH*45502',
  'DMG*D8*19800101*F',
  'NM1*PR*2*SUNRISE HEALTH*****PI*00882',
];

/** Two lines: 33 minutes of exercise under GP, and manual therapy apart from it. */
export const claim = [
  'CLM*PCN1*215.5***11:B:1*Y*A*Y*Y',
  'DTP*431*D8*20260210',
  'DTP*454*D8*20260216',
  'REF*G1*AUTH123',
  'HI*ABK:M5450*ABF:M6281',
  'NM1*82*1*PARK*LEE****XX*1999999976',
  'PRV*PE*PXC*225100000X',
  'NM1*DN*1*STONE*KIM****XX*1999999968',
  'LX*1',
  'SV1*HC:97110:GP*150.25*UN*2***1:2',
  'DTP*472*D8*20260227',
  'REF*6R*LINE1',
  'LX*2',
  'SV1*HC:97140:GP:59*65.25*UN*1*11**1',
  'DTP*472*D8*20260227',
  'REF*6R*LINE2',
  'NTE*ADD*SEPARATE REGION',
];

/** A child on a parent's plan: the claim stands below the patient. */
export const familyLevel = [
  'HL*3*1*22*1',
  'SBR*S********CI',
  'NM1*IL*1*SAMPLE*ALEX****MI*SAMPLE0002',
  'NM1*PR*2*SUNRISE HEALTH*****PI*00882',
];

export const childLevel = [
  'HL*4*3*23*0',
  'PAT*19',
  'NM1*QC*1*SAMPLE*JO',
  'N3*2 HILL ROAD',
  'N4*SPRINGFIELD*OH*45502',
  'DMG*D8*20120505*M',
];

/** Another payer paid first: 40 of 65.25, 20 written off, 5.25 left for the patient. */
export const secondaryClaim = [
  'CLM*PCN2*65.25***11:B:1*Y*A*Y*Y*P*AA:::OH',
  'DTP*439*D8*20260105',
  'HI*ABK:M5450',
  'SBR*P*19*******CI',
  'CAS*CO*45*20',
  'AMT*D*40',
  'AMT*EAF*5.25',
  'OI***Y*P**Y',
  'NM1*IL*1*SAMPLE*PAT****MI*OTHER0001',
  'NM1*PR*2*MOONLIGHT MUTUAL*****PI*00111',
  'REF*F8*THEIRS9',
  'LX*1',
  'SV1*HC:97140:GP*65.25*UN*1***1',
  'DTP*472*D8*20260227',
  'SVD*00111*40*HC:97140:GP**1',
  'CAS*CO*45*20',
  'CAS*PR*3*5.25',
  'DTP*573*D8*20260310',
];

/** One interchange with one transaction set: an 837P unless told otherwise. */
export function interchangeOf(
  content: readonly string[],
  type = '837',
  version = '005010X222A1',
  group = 'HC',
): string {
  const segments = [
    'ISA*00*          *00*          *ZZ*CLINIC         *ZZ*PAYER          *260302*0815*^*00501*000000007*0*T*:',
    `GS*${group}*CLINIC*PAYER*20260302*0815*7*X*${version}`,
    `ST*${type}*0001*${version}`,
    ...content,
    `SE*${content.length + 2}*0001`,
    'GE*1*7',
    'IEA*1*000000007',
  ];
  return segments.map((segment) => `${segment}~`).join('\n');
}

/** Both claims, the levels in their usual order. */
export const bothClaims = [
  ...claimHeader,
  ...clinicLevel,
  ...subscriberLevel,
  ...claim,
  ...familyLevel,
  ...childLevel,
  ...secondaryClaim,
];
