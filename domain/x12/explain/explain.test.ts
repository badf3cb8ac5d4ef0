// Transactions told to a biller: what each says, and no name of a patient unless it is asked for.
import { expect, test } from 'vitest';
import type { CodeRow, CodeTableName } from '../code-words.ts';
import { codeWordsOf } from '../code-words.ts';
import { inquiry, isa, remittanceHead } from '../testing/samples.ts';
import { setsIn } from '../testing/sets.ts';
import { interchangeSentence } from './acknowledgment.ts';
import { explain } from './explain.ts';

const rows: Partial<Record<CodeTableName, readonly CodeRow[]>> = {
  'service-types': [{ code: 'PT', meaning: 'physical therapy' }],
  'adjustment-groups': [{ code: 'CO', meaning: 'Contract.' }],
  'adjustment-reasons': [{ code: '197', meaning: 'There is no authorization.', fix: 'Look for an authorization.' }],
  'claim-payment-statuses': [{ code: '4', meaning: 'Denied.' }],
  aaa: [{ code: '72', meaning: 'The member id is missing or wrong.', fix: 'Compare it with the card.' }],
  'review-actions': [{ code: 'A2', meaning: 'Approved in part.' }],
  'ta1-codes': [{ code: 'R', meaning: 'Rejected.' }],
};
const words = codeWordsOf((table) => rows[table] ?? []);

function told(file: string, names = false): string[] {
  return setsIn(file).flatMap((set) => explain(set, { words, names }).sentences.map(({ text }) => text));
}

function file(group: string, version: string, type: string, ...content: readonly string[]): string {
  const lines = [`GS*${group}*A*B*20260302*0815*1*X*${version}`, `ST*${type}*0001*${version}`, ...content];
  return `${isa}${[...lines, 'SE*1*0001', 'GE*1*1', 'IEA*1*000000905', ''].join('~')}`;
}

test('an eligibility inquiry: who asks whom about what; a code without a paraphrase is shown as the code', () => {
  expect(told(inquiry.join(''))).toEqual([
    'RIVERSIDE PHYSICAL THERAPY asks SUNRISE about subscriber (segment 8): physical therapy and 30 (no paraphrase) on 2026-03-02.',
  ]);
});

test('names and numbers of people are told only where they are asked for', () => {
  const remittance = file('HP', '005010X221A1', '835', ...remittanceHead('0'), ...denied);
  const review = file('HI', '005010X217', '278', ...partial);
  const answer = file('HB', '005010X279A1', '271', ...rejected);
  for (const text of [inquiry.join(''), remittance, review, answer]) {
    expect(told(text).join(' ')).not.toMatch(/ISAAC|NARCISA|SAMPLE|CLAIM1|AUTH1|PRIVATE/);
  }
  expect(told(inquiry.join(''), true).join(' ')).toContain('subscriber NARCISA ISAAC (segment 8)');
  expect(told(remittance, true).join(' ')).toContain('Claim CLAIM1 (segment 8) of patient NARCISA ISAAC');
  expect(told(review, true).join(' ')).toMatch(/AUTH1.*PRIVATE/);
});

const denied = ['CLP*CLAIM1*4*150*0**12', 'NM1*QC*1*ISAAC*NARCISA****MI*SAMPLE0001', 'CAS*CO*197*150'];
test('a remittance: what was paid, what was not and why, and what to do', () => {
  expect(told(file('HP', '005010X221A1', '835', ...remittanceHead('0'), ...denied))).toEqual([
    'SUNRISE pays RIVERSIDE PHYSICAL THERAPY $0.00 by ACH, number TRACE1.',
    'It is about 1 claim; denied: 1.',
    'Claim (segment 8): charged $150.00, paid $0.00. Status 4 (Denied).',
    '$150.00 not paid: CO (Contract), 197 (There is no authorization). Look for an authorization.',
  ]);
});

const rejected = [
  'BHT*0022*11*REQUEST1*20260302*0815',
  'HL*1**20*1',
  'NM1*PR*2*SUNRISE*****PI*00882',
  'HL*2*1*21*1',
  'NM1*1P*2*RIVERSIDE*****XX*1999999984',
  'HL*3*2*22*0',
  'NM1*IL*1*ISAAC*NARCISA****MI*SAMPLE0001',
  'AAA*N**72*C',
];
test('a rejected eligibility inquiry: whose data, what is wrong and what to do', () => {
  expect(told(file('HB', '005010X279A1', '271', ...rejected)).at(-1)).toBe(
    'Rejected for the subscriber: 72 (The member id is missing or wrong). The payer says: C (no paraphrase). Compare it with the card.',
  );
});

const partial = [
  'BHT*0007*11*REQUEST1*20260302*0815',
  'HL*1**20*1',
  'NM1*X3*2*SUNRISE*****PI*00882',
  'HL*2*1*21*1',
  'NM1*1P*2*RIVERSIDE*****XX*1999999984',
  'HL*3*2*22*1',
  'NM1*IL*1*ISAAC*NARCISA****MI*SAMPLE0001',
  'HL*4*3*EV*0',
  'UM*HS*I*PT',
  'HCR*A2*AUTH1',
  'HSD*VS*6',
  'MSG*PRIVATE',
];
test('a service review: what was decided and over how many visits', () => {
  expect(told(file('HI', '005010X217', '278', ...partial)).slice(1)).toEqual([
    'For physical therapy, 6 VS (no paraphrase).',
    'Decision: A2 (Approved in part), with an authorization number.',
    'In words: 1 message.',
  ]);
});

test('a transaction nobody explains is told by its size', () => {
  expect(told(file('PO', '005010', '850', 'BEG*00*NE*PRIVATE'))).toEqual([
    'A 850 of version 005010 with 3 segments; its content is not explained.',
  ]);
});

test('an interchange that was rejected, and why', () => {
  expect(interchangeSentence({ control: '000000019', code: 'R', note: '025' }, { words, names: false })).toBe(
    'Interchange 000000019: R (Rejected). 025 (no paraphrase).',
  );
});
