// What is missing, too often or out of order in inquiries, claim statuses and acknowledgments, told while the file goes by.
import { expect, test } from 'vitest';
import { found, ge, gs, iea, inquiry, isa, read } from '../testing/samples.ts';
import { grammarOf } from './all.ts';

/** A file of one transaction set. `content[0]` is segment 3. */
function file(group: string, type: string, version: string, content: readonly string[]): string {
  const lines = [
    `GS*${group}*PAYER*CLINIC*20260302*0815*1*X*${version}`,
    `ST*${type}*0001*${version}`,
    ...content,
    `SE*${content.length + 2}*0001`,
  ];
  return [isa, ...lines.map((line) => `${line}~`), ge, iea].join('');
}

const loops = (group: string, type: string, version: string, ...content: readonly string[]) =>
  found(read(file(group, type, version, content))).filter((finding) => finding.startsWith('loop.'));

const beginning = 'BHT*0022*13*REQUEST1*20260302*0815';
const payer = ['HL*1**20*1', 'NM1*PR*2*SUNRISE*****PI*00882'];
const provider = ['HL*2*1*21*1', 'NM1*1P*2*RIVERSIDE*****XX*1999999984'];
const asker = ['HL*2*1*21*1', 'NM1*41*2*RIVERSIDE*****46*ETIN1', 'HL*3*2*19*1', 'NM1*1P*2*RIVERSIDE*****XX*1999999984'];
const patient = ['HL*4*3*22*0', 'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001'];

test('a whole inquiry has nothing wrong in it', () => {
  expect(found(read(inquiry.join('')))).toEqual([]);
});

test('a 270 whose levels or names are missing', () => {
  const eligibility = (...content: readonly string[]) => loops('HS', '270', '005010X279A1', beginning, ...content);
  expect(eligibility()).toEqual(['loop.missing at 2']);
  expect(eligibility(...payer)).toEqual(['loop.missing at 4']);
  expect(eligibility(...payer, ...provider)).toEqual(['loop.missing at 6']);
  expect(eligibility(...payer, ...provider, 'HL*3*2*22*0')).toEqual(['loop.missing at 8']);
});

test('a 270 with a second name for one subscriber, with three traces, with a name after its question', () => {
  const eligibility = (...content: readonly string[]) =>
    loops('HS', '270', '005010X279A1', beginning, ...payer, ...provider, 'HL*3*2*22*0', ...content);
  const name = 'NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001';
  expect(eligibility(name, 'EQ*PT', name, 'EQ*PT')).toEqual(['loop.excess at 11']);
  expect(eligibility('TRN*1*A', 'TRN*1*B', 'TRN*1*C', name, 'EQ*PT')).toEqual(['loop.excess at 11']);
  expect(eligibility(name, 'EQ*PT', 'DMG*D8*19800101')).toEqual(['loop.order at 11']);
});

test('a level that stands below no level it belongs to is out of order', () => {
  const findings = loops(
    ...(['HS', '270', '005010X279A1', beginning, ...payer, ...provider, 'HL*3*2*22*1'] as const),
    ...['NM1*IL*1*SAMPLE*PAT****MI*SAMPLE0001', 'HL*4*2*23*0', 'NM1*03*1*SAMPLE*SAM', 'EQ*PT'],
  );
  expect(findings).toEqual(['loop.order at 10']);
});

test('a 277 must say something of each claim; the same levels of a 276 must ask', () => {
  const beginning = 'BHT*0010*08*BATCH1*20260302*0815*DG';
  const answer = (...content: readonly string[]) =>
    loops('HN', '277', '005010X212', beginning, ...payer, ...asker, ...content);
  expect(answer()).toEqual([]);
  expect(answer(...patient, 'TRN*2*TRACE1', 'STC*A1:19*20260302')).toEqual([]);
  expect(answer(...patient, 'TRN*2*TRACE1', 'REF*1K*PAYER1')).toEqual(['loop.missing at 12']);
  expect(loops('HR', '276', '005010X212', 'BHT*0010*13*B*20260302*0815', ...payer, ...asker)).toEqual([
    'loop.missing at 8',
  ]);
});

test('a 999 without the verdict on a transaction set, or on the group', () => {
  const check = (...content: readonly string[]) => loops('FA', '999', '005010X231A1', 'AK1*HC*1', ...content);
  expect(check('AK2*837*0001', 'IK3*NM1*8**8', 'IK5*R*5', 'AK9*R*1*1*0')).toEqual([]);
  expect(check('AK2*837*0001', 'IK3*NM1*8**8', 'AK9*R*1*1*0')).toEqual(['loop.missing at 4']);
  expect(check('AK9*A*0*0*0')).toEqual([]);
  expect(check('AK2*837*0001', 'IK5*A')).toEqual(['loop.missing at 2']);
});

test('a guide is told by its number, whatever its erratum; one that is not known has no grammar', () => {
  expect(grammarOf('270', '005010X279')?.guide).toBe('005010X279A1');
  expect(grammarOf('277', '005010X212')).not.toBe(grammarOf('277', '005010X214'));
  expect(grammarOf('270', '004010X092A1')).toBeNull();
  expect(grammarOf('277', '005010X228')).toBeNull();
  expect(grammarOf('270', '')).toBeNull();
  // No finding by a guide that is not the sender's.
  expect(
    found(read([isa, gs.replace('005010X279A1', '004010X092A1'), 'ST*270*0001~SE*2*0001~', ge, iea].join(''))),
  ).toEqual([]);
});
