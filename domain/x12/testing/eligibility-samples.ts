// Synthetic 271s for the tests: an envelope around the levels a test is about.
const isa =
  'ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *260601*1200*^*00501*000000905*0*P*:~';

/** A 271 from HL 1 to the receiver, then `segments` (from HL 3 on), with the counts and trailers right. Its first segment has index 9. */
export function response(...segments: readonly string[]): string {
  return responseOf(
    'HL*1**20*1',
    'NM1*PR*2*SUNRISE MEDICARE ADVANTAGE*****PI*00882',
    'PER*IC*PROVIDER LINE*TE*8005550100',
    'HL*2*1*21*1',
    'NM1*1P*2*RIVERSIDE PHYSICAL THERAPY*****XX*1999999984',
    ...segments,
  );
}

/** A 271 of these levels alone. */
export function responseOf(...segments: readonly string[]): string {
  const body = ['ST*271*0001*005010X279A1', 'BHT*0022*11*REQUEST1*20260601*1200', ...segments];
  return [
    isa,
    'GS*HB*PAYER*CLINIC*20260601*1200*1*X*005010X279A1~',
    ...body.map((segment) => `${segment}~`),
    `SE*${body.length + 1}*0001~`,
    'GE*1*1~',
    'IEA*1*000000905~',
  ].join('\n');
}

/** A subscriber with what the payer says about one: `statements` begin at index 13. */
export function subscriberWith(...statements: readonly string[]): string {
  return response(
    'HL*3*2*22*0',
    'TRN*2*TRACE1*9SAMPLE001',
    'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001',
    'DMG*D8*19800101*F',
    ...statements,
  );
}
