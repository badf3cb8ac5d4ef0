// A seeded remittance file (835) of any size for the measurement of X12: transactions of fifty claims, two to four lines each.
import { randomFrom } from './runs-out-data.ts';

const claimsEach = 50;

/** Makes one interchange with one group that has at least `bytes` bytes. Synthetic; every count and control number is right. */
export function makeRemittance(bytes: number, seed: number): string {
  const random = randomFrom(seed);
  const lines = [
    'ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *260302*0815*^*00501*000000905*0*P*:',
    'GS*HP*PAYER*CLINIC*20260302*0815*1*X*005010X221A1',
  ];
  let length = 0;
  let transactions = 0;
  while (length < bytes) {
    transactions++;
    const transaction = makeTransaction(random, String(transactions).padStart(4, '0'));
    for (const line of transaction) length += line.length + 1;
    lines.push(...transaction);
  }
  lines.push(`GE*${transactions}*1`, 'IEA*1*000000905');
  return lines.map((line) => `${line}~`).join('');
}

function makeTransaction(random: () => number, control: string): string[] {
  const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
  const lines = [
    `ST*835*${control}`,
    `BPR*I*${digits(5)}.00*C*ACH*CCP*01*999000033*DA*${digits(9)}*1098765432**01*888000044*DA*${digits(9)}*20260302`,
    `TRN*1*TRACE${control}*1098765432`,
    'DTM*405*20260302',
    'N1*PR*SUNRISE MEDICARE ADVANTAGE',
    'N3*1 PAYER WAY',
    'N4*JACKSONVILLE*FL*32202',
    'N1*PE*RIVERSIDE PHYSICAL THERAPY*XX*1999999984',
    'LX*1',
  ];
  for (let claim = 0; claim < claimsEach; claim++) {
    lines.push(
      `CLP*CLAIM${digits(8)}*1*${digits(3)}.00*${digits(2)}.40*20.00*MA*${digits(14)}*11*1`,
      `NM1*QC*1*SAMPLE${digits(4)}*PAT****MI*SAMPLE${digits(6)}`,
      'DTM*050*20260226',
    );
    const services = 2 + Math.floor(random() * 3);
    for (let service = 0; service < services; service++)
      lines.push(
        `SVC*HC:97110:GP*${digits(2)}.00*${digits(2)}.20**2`,
        'DTM*472*20260218',
        `CAS*CO*45*${digits(2)}.80*0*253*0.${digits(2)}`,
        `REF*6R*LINE${digits(6)}`,
        `AMT*B6*${digits(2)}.20`,
      );
  }
  lines.push(`SE*${lines.length + 1}*${control}`);
  return lines;
}
