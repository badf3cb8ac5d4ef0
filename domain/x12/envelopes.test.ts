// Interchanges, groups and transactions: what stands in which, what is missing, and what contradicts itself.
import { describe, expect, test } from 'vitest';
import { bare, content, found, ge, gs, inquiry, isa, iea, read, se, shape, st } from './testing/samples.ts';

const text = inquiry.join('');
const whole = read(text);
const clean = shape(text);

test('groups and transactions are told apart', () => {
  const second = [
    gs.replace('*1*X', '*2*X'),
    st,
    ...content,
    se,
    bare.replace('0001', '0002'),
    'SE*2*0002~',
    'GE*2*2~',
  ];
  const file = [...inquiry.slice(0, -1), ...second, 'IEA*2*000000905~'].join('');
  const { interchanges, findings } = read(file);
  expect(findings).toEqual([]);
  expect(interchanges[0]?.groups.map(({ transactions }) => transactions.map(({ segments }) => segments))).toEqual([
    [13],
    [13, 2],
  ]);
});

test('a TA1 stands between ISA and IEA without a group', () => {
  const file = read([isa, 'TA1*000000019*260302*0815*R*024~', 'IEA*0*000000905~'].join('\n'));
  expect(file).toMatchObject({ segments: 3, ta1: [{ control: '000000019', code: 'R', note: '024' }], findings: [] });
});

test('a transaction without ST03 has the version of its group', () => {
  const transaction = read(text.replace('0001*005010X279A1', '0001')).interchanges[0]?.groups[0]?.transactions[0];
  expect(transaction?.version).toBe('005010X279A1');
});

describe('a part of the envelope that is missing', () => {
  const without = (...left: readonly string[]) => inquiry.filter((segment) => !left.includes(segment)).join('\n');

  test.each([
    ['ISA', without(isa), 'isa.missing at 0'],
    ['GS', without(gs), 'gs.missing at 1'],
    ['ST', without(st), 'st.missing at 2'],
    ['SE', without(se), 'se.missing at 14'],
    ['GE', without(ge), 'ge.missing at 15'],
    ['IEA', without(iea), 'iea.missing at 16'],
  ])('%s is the only finding, the rest is read', (_name, file, finding) => {
    const result = read(file);
    expect(found(result)).toEqual([finding]);
    expect(result.segments).toBe(16);
    expect(result.interchanges[0]?.groups[0]?.transactions).toHaveLength(1);
  });

  test('without ISA and GS the transaction is still read', () => {
    const result = read(without(isa, gs, ge, iea));
    expect(found(result)).toEqual(['isa.missing at 0', 'gs.missing at 0', 'ge.missing at 13', 'iea.missing at 13']);
    expect(result.interchanges[0]).toMatchObject({
      control: null,
      groups: [{ control: null, transactions: [{ type: '270', segments: 13 }] }],
    });
  });

  test('two interchanges, the first without its IEA, are two', () => {
    const result = read(without(iea) + text.replaceAll('000000905', '000000906'));
    expect(found(result)).toEqual(['iea.missing at 16']);
    expect(result.findings[0]).toMatchObject({ interchange: '000000905' });
    expect(result.interchanges.map(({ control }) => control)).toEqual(['000000905', '000000906']);
  });

  test('an interchange that was cut off before another, in one file, hides nothing of the other', () => {
    const cut = text.slice(0, text.indexOf('*SUNRISE') + 4);
    for (const between of ['', '\n']) {
      const result = read(cut + between + text.replaceAll('000000905', '000000906'));
      expect(found(result)).toEqual(['truncated at 5', 'se.missing at 6', 'ge.missing at 6', 'iea.missing at 6']);
      expect(result.interchanges.map(({ control }) => control)).toEqual(['000000905', '000000906']);
      expect(result.segments).toBe(6 + 17);
    }
  });
});

describe('trailers without anything before them', () => {
  test.each([
    ['SE', text.replace(ge, `${se}${ge}`), 'st.missing at 15'],
    ['GE', text.replace(ge, `${ge}${ge}`), 'gs.missing at 16'],
    ['IEA', text + iea, 'isa.missing at 17'],
  ])('a second %s', (_name, file, finding) => {
    const result = read(file);
    expect(found(result)).toEqual([finding]);
    expect(result.interchanges).toEqual(whole.interchanges);
  });
});

describe('trailers that contradict their headers', () => {
  test.each([
    ['SE01', text.replace(se, 'SE*12*0001~'), 'se.count at 14', 'SE01 says 12 segments, 13 are there.'],
    ['SE02', text.replace(se, 'SE*13*0002~'), 'se.control at 14', 'SE02 is not the control number of ST02.'],
    ['GE01', text.replace(ge, 'GE*2*1~'), 'ge.count at 15', 'GE01 says 2 transactions, 1 are there.'],
    ['GE02', text.replace(ge, 'GE*1*2~'), 'ge.control at 15', 'GE02 is not the control number of GS06.'],
    ['IEA01', text.replace(iea, 'IEA*3*000000905~'), 'iea.count at 16', 'IEA01 says 3 groups, 1 are there.'],
    ['IEA02', text.replace(iea, 'IEA*1*000000906~'), 'iea.control at 16', 'IEA02 is not the control number of ISA13.'],
    ['a count that is none', text.replace(se, 'SE*SMITH*0001~'), 'element.invalid at 14', 'SE01 is no number.'],
    [
      'a header without control number',
      text.replace('ST*270*0001*', 'ST*270**'),
      'element.missing at 2',
      'ST02 is missing.',
    ],
    ['a count that is missing', text.replace(ge, 'GE**1~'), 'element.missing at 15', 'GE01 is missing.'],
  ])('%s', (_name, file, finding, message) => {
    const result = read(file);
    expect(found(result)).toEqual([finding]);
    expect(result.findings[0]).toMatchObject({ severity: 'error', message, interchange: '000000905' });
  });

  test('a finding names its byte and what was open there', () => {
    expect(read(text.replace(se, 'SE*12*0001~')).findings).toEqual([
      {
        severity: 'error',
        code: 'se.count',
        message: 'SE01 says 12 segments, 13 are there.',
        segment: 14,
        offset: text.indexOf('SE*13'),
        interchange: '000000905',
        group: '1',
        transaction: '0001',
      },
    ]);
  });

  test('a GS, ST or TA1 without a mandatory element is told of', () => {
    expect(found(read(text.replace('*X*005010X279A1~', '*X~')))).toEqual(['element.missing at 1']);
    expect(found(read(text.replace('ST*270*', 'ST**')))).toEqual(['element.missing at 2']);
    expect(found(read([isa, 'TA1*000000019*260302*0815*A~', 'IEA*0*000000905~'].join('')))).toEqual([
      'element.missing at 1',
    ]);
  });
});

describe('segments that are none, or stand where none may', () => {
  test('an id that is missing, too long or in lower case', () => {
    const file = text.replace('DMG*', '*').replace('TRN*', 'Trn*').replace('DTP*', 'SMITH*');
    expect(shape(file)).toEqual({ ...clean, findings: ['segment.id', 'segment.id', 'segment.id'] });
    expect(JSON.stringify(read(file).findings)).not.toContain('SMITH');
  });

  test('two terminators in a row', () => {
    expect(found(read(text.replace(se, `~${se}`)))).toEqual(['segment.id at 14']);
  });

  test('segments between SE and GE belong to no transaction', () => {
    const result = read(text.replace(ge, `REF*1~REF*2~${ge}`));
    expect(found(result)).toEqual(['segment.outside at 15']);
    expect(result.findings[0]?.message).toBe('Segments outside any transaction: 2.');
  });

  test('segments behind IEA belong to no interchange', () => {
    expect(found(read(`${text}REF*1~REF*2~`))).toEqual(['segment.outside at 17']);
  });

  test('words behind IEA are no segments', () => {
    const result = read(`${text}end of transmission`);
    expect(found(result)).toEqual(['trailing.data at 17']);
    expect(result.segments).toBe(17);
  });

  test('a TA1 inside a group is read and told of', () => {
    const result = read(text.replace(se, `TA1*000000019*260302*0815*A*000~SE*14*0001~`));
    expect(found(result)).toEqual(['segment.outside at 14']);
    expect(result.ta1).toHaveLength(1);
  });
});
