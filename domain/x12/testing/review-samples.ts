// Synthetic service reviews (278) for the tests: a request for twelve visits, and answers to it.

export const reviewHeader = (purpose: string) => [`BHT*0007*${purpose}*REQUEST7*20260302*0815`];

export const reviewParties = [
  'HL*1**20*1',
  'NM1*X3*2*SUNRISE HEALTH*****PI*00882',
  'HL*2*1*21*1',
  'NM1*1P*2*RIVERSIDE PHYSICAL THERAPY*****XX*1999999984',
  'HL*3*2*22*1',
  'NM1*IL*1*SAMPLE*ROBIN****MI*SAMPLE0001',
  'DMG*D8*19800101*F',
];

export const requestedEvent = [
  'HL*4*3*EV*1',
  'TRN*1*TRACE1*9999999984',
  'UM*HS*R*PT*11:B',
  'REF*BB*AUTH100',
  'DTP*AAH*RD8*20260302-20260430',
  'HI*ABK:M5450*ABF:M6281',
  'HSD*VS*12',
  'NM1*SJ*1*PARK*LEE****XX*1999999976',
  'HL*5*4*SS*0',
  'SV1*HC:97110**UN*24',
  'HL*6*4*SS*0',
  'SV1*HC:97140',
];

/** An answer about the event: what stands below HL and TRN. */
export function answered(...decided: readonly string[]): string[] {
  return [...reviewHeader('11'), ...reviewParties, 'HL*4*3*EV*0', 'TRN*2*TRACE1*9999999984', ...decided];
}
