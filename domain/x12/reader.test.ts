// Files as senders really write them, and every fault of an envelope.
import { describe, expect, test } from 'vitest';
import { listedPerCode } from './envelopes.ts';
import { X12Reader } from './reader.ts';
import { segmentLimit } from './scanner.ts';
import { content, found, ge, gs, inquiry, isa, iea, latin1, read, se, st } from './testing/samples.ts';

const text = inquiry.join('');
const whole = read(text);

/** What an envelope tells apart from findings and from the delimiters. */
function shape(file: string | Uint8Array) {
  const { segments, interchanges, findings } = read(file);
  return {
    segments,
    interchanges: interchanges.map(({ control, groups }) => ({ control, groups })),
    findings: findings.map(({ code }) => code),
  };
}

const clean = shape(text);
/** Of a version without a guide: nobody knows what must stand in it. */
const bare = 'ST*270*0001*005010~';

test('an eligibility inquiry is one interchange with one group and one transaction of 13 segments', () => {
  expect(whole).toEqual({
    segments: 17,
    interchanges: [
      {
        control: '000000905',
        sender: 'ZZ:CLINIC',
        receiver: 'ZZ:PAYER',
        version: '00501',
        delimiters: { element: '*', component: ':', repetition: '^', segment: '~' },
        groups: [
          {
            code: 'HS',
            control: '1',
            version: '005010X279A1',
            transactions: [{ type: '270', version: '005010X279A1', control: '0001', segments: 13 }],
          },
        ],
      },
    ],
    ta1: [],
    findings: [],
  });
});

describe('files that are read as they come', () => {
  test.each([
    ['a newline after each segment', inquiry.join('\n')],
    ['a carriage return and a newline after each segment, and some at the end', `${inquiry.join('\r\n')}\r\n\r\n\r\n`],
    ['indented by the loops they stand in', inquiry.join('\n\t  ')],
    ['a newline as the terminator', text.replaceAll('~', '\n')],
    ['a newline as the terminator, and none after the last segment', text.replaceAll('~', '\n').slice(0, -1)],
    ['carriage return and newline as the terminator', text.replaceAll('~', '\r\n')],
    ['carriage return as the terminator', text.replaceAll('~', '\r')],
    [
      'carriage return and newline after the ISA, a newline after every other segment',
      [isa, ...inquiry.slice(1)].join('').replace('~', '\r\n').replaceAll('~', '\n'),
    ],
    ['control characters as delimiters', text.replaceAll('*', '\x1d').replaceAll(':', '\x1f').replaceAll('~', '\x1c')],
    ['blanks behind every terminator', text.replaceAll('~', '~  ')],
    ['leading newlines', `\r\n\r\n${text}`],
    ['the bar as element separator, the backslash as terminator', text.replaceAll('*', '|').replaceAll('~', '\\')],
  ])('%s', (_name, file) => {
    expect(shape(file)).toEqual(clean);
  });

  test('a blank before every terminator is told of the ISA, where it moves the terminator', () => {
    expect(shape(text.replaceAll('~', ' ~'))).toEqual({ ...clean, findings: ['trailing.data'] });
  });

  test('a byte order mark is told of', () => {
    expect(shape(`\uFEFF${text}`)).toEqual({ ...clean, findings: ['encoding'] });
    expect(read(`\uFEFF${text}`).findings[0]).toMatchObject({ severity: 'warning', offset: 0 });
  });

  test('Ctrl-Z and zero bytes at the end of a DOS file are told of once', () => {
    expect(shape(`${text}\r\n\x1a\x1a\0`)).toEqual({ ...clean, findings: ['trailing.data'] });
  });

  test('an interchange behind the Ctrl-Z of another is read', () => {
    expect(shape(`${text}\x1a${text}`)).toMatchObject({ segments: 34, findings: ['trailing.data'] });
  });

  test('names that hold ISA, as ISAAC and NARCISA, begin no interchange', () => {
    const names = ['ISA*SAMPLE', 'ISA', 'ISAAC*NARCISA', 'NARCISA ISA*ISA'];
    const file = [isa, gs, bare, ...names.map((name) => `NM1*IL*1*${name}~`), 'SE*6*0001~', ge, iea].join('');
    expect(shape(file)).toMatchObject({ segments: 10, interchanges: [{ control: '000000905' }], findings: [] });
    expect(shape(file.replaceAll('*ISA*SAMPLE~', '*ISA*SAMPLE\nISA*~'))).toMatchObject({ segments: 10, findings: [] });
  });

  test('names in UTF-8 and in lower case are data like any other', () => {
    const file = text.replace('ISAAC*NARCISA', 'Núñez*josé');
    expect(shape(file)).toEqual(clean);
  });

  test('a question mark releases no delimiter: that is EDIFACT', () => {
    expect(read(text.replace('ISAAC*NARCISA', 'O?*BRIEN?')).findings).toEqual([]);
    expect(shape(text.replace('*9SAMPLE', '?~TRN*1*9SAMPLE'))).toMatchObject({ segments: 18, findings: ['se.count'] });
  });

  test('two files that are read at the same time do not disturb each other', () => {
    const [one, two] = [new X12Reader('envelopes'), new X12Reader('envelopes')];
    const other = latin1(text.replaceAll('~', '\n'));
    for (const [at, byte] of latin1(text).entries()) {
      one.push(Uint8Array.of(byte));
      two.push(other.subarray(at, at + 1));
    }
    expect([one.end(), two.end()]).toEqual([whole, read(other)]);
  });

  test('a name in ISO 8859-1 is read and told of', () => {
    const { findings } = read(latin1(text.replace('ISAAC', 'NU\xd1EZ')));
    expect(findings).toMatchObject([{ code: 'encoding', severity: 'warning', segment: 10, transaction: '0001' }]);
  });

  test('two interchanges have their own delimiters each', () => {
    const other = text
      .replaceAll('*', '|')
      .replaceAll(':', '>')
      .replaceAll('~', '\n')
      .replaceAll('^', '!')
      .replaceAll('000000905', '000000906');
    const { interchanges, segments, findings } = read(text + other);
    expect(interchanges.map(({ control, delimiters }) => ({ control, ...delimiters }))).toEqual([
      { control: '000000905', element: '*', component: ':', repetition: '^', segment: '~' },
      { control: '000000906', element: '|', component: '>', repetition: '!', segment: '\n' },
    ]);
    expect({ segments, findings }).toEqual({ segments: 34, findings: [] });
  });

  test('ISA11 is no repetition separator in 4010, nor where it is the letter U', () => {
    const repetition = (file: string) => read(file).interchanges[0]?.delimiters.repetition;
    expect(repetition(text.replace('*^*00501*', '*^*00402*'))).toBe('^');
    expect(repetition(text.replace('*^*00501*', '*^*00401*'))).toBeNull();
    expect(repetition(text.replace('*^*00501*', '*U*00501*'))).toBeNull();
    expect(read(text.replace('*^*00501*', '*U*00401*')).findings).toEqual([]);
  });

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
});

describe('an ISA that is not as it must be', () => {
  test('ISA06 and ISA08 without their padding are told of, the interchange is read', () => {
    const short = text.replace('CLINIC         ', 'CLINIC').replace('PAYER          ', '');
    expect(shape(short)).toEqual({ ...clean, findings: ['isa.malformed', 'isa.malformed'] });
    expect(read(short).findings.map(({ message }) => message)).toEqual([
      'ISA06 has 6 characters, 15 are required.',
      'ISA08 has 0 characters, 15 are required.',
    ]);
    expect(read(short).interchanges[0]).toMatchObject({ sender: 'ZZ:CLINIC', receiver: 'ZZ:' });
  });

  test('a sender or receiver of blanks is read as empty', () => {
    const blank = text.replace('CLINIC         ', ' '.repeat(15));
    expect(read(blank)).toMatchObject({ findings: [], interchanges: [{ sender: 'ZZ:', receiver: 'ZZ:PAYER' }] });
  });

  test.each([
    ['an element too few', isa.replace('*0*P', '*P')],
    ['an element too many', isa.replace('*0*P', '*0*0*P')],
    ['no ISA16', isa.replace('*:~', '*~')],
    ['neither ISA16 nor its separator', isa.replace('*:~', '~')],
  ])('%s: the segments are read nevertheless', (_name, header) => {
    for (const between of ['', '\n', '\r\n'])
      expect(shape([header, ...inquiry.slice(1)].join(between))).toMatchObject({
        segments: 17,
        interchanges: [{ groups: [{ transactions: [{ segments: 13 }] }] }],
      });
    expect(found(read([header, ...inquiry.slice(1)].join('')))).toContain('isa.malformed at 0');
  });

  test('an ISA with elements missing and a newline as the terminator is read', () => {
    const file = [isa.replace('*0*P', '*P'), ...inquiry.slice(1)].join('').replaceAll('~', '\n');
    expect(shape(file)).toMatchObject({ segments: 17, interchanges: [{ groups: [{ control: '1' }] }] });
    expect(read(file).interchanges[0]?.delimiters).toMatchObject({ component: ':', segment: '\n' });
  });

  test('one character as component separator and terminator is told of', () => {
    const file = [isa.replace(':~', '~~'), ...inquiry.slice(1)].join('');
    expect(shape(file)).toEqual({ ...clean, findings: ['isa.delimiters'] });
  });

  test('an ISA16 that separates nothing is told of', () => {
    for (const separator of ['A', ' ', '0'])
      expect(shape(text.replace('*:~', `*${separator}~`))).toEqual({ ...clean, findings: ['isa.delimiters'] });
  });

  test('one character as component and repetition separator is told of', () => {
    expect(shape(text.replace('*^*', '*:*'))).toEqual({ ...clean, findings: ['isa.delimiters'] });
  });

  test('an ISA of the right width with a letter for its terminator is told of, and the next one is read', () => {
    expect(shape(`${isa.replace('~', 'x')}${'y'.repeat(600)} ${text}`)).toEqual({
      ...clean,
      findings: ['isa.malformed'],
    });
    expect(shape(`mail ${isa.replace('~', 'x')}${'y'.repeat(600)} ${text}`)).toMatchObject({ segments: 17 });
  });

  test('an ISA that tells no delimiters is told of, and the next interchange is read', () => {
    expect(shape(`ISA*00*lost ${'x'.repeat(600)}${text}`)).toEqual({ ...clean, findings: ['isa.malformed'] });
  });
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

describe('files that end too early or are no X12', () => {
  test('a file that ends inside a segment', () => {
    const file = text.slice(0, text.indexOf('*SUNRISE') + 4);
    const result = read(file);
    expect(found(result)).toEqual(['truncated at 5', 'se.missing at 6', 'ge.missing at 6', 'iea.missing at 6']);
    expect(result.findings[1]).toMatchObject({ offset: file.length, transaction: '0001' });
  });

  test('a last segment without its terminator', () => {
    expect(shape(text.slice(0, -1))).toEqual({ ...clean, findings: ['truncated'] });
  });

  test('a file that ends inside its ISA', () => {
    expect(found(read(isa.slice(0, 60)))).toEqual(['truncated at 0']);
  });

  test.each([
    ['empty', ''],
    ['blank', ' \r\n'],
    ['a byte order mark and nothing else', '\uFEFF'],
    ['a report in CSV', 'patient,visit\nISAAC,2026-03-02\nISA,2026-03-03\n'],
    ['an HL7 message', 'MSH|^~\\&|CLINIC|RIVERSIDE|PAYER||20260302||ADT^A04|1|P|2.5\rPID|1\r'],
    ['binary', latin1(Array.from({ length: 3_000 }, (_, index) => String.fromCharCode((index * 37) % 256)).join(''))],
  ])('%s: no interchange', (_name, file) => {
    const result = read(file);
    expect(result).toMatchObject({ segments: 0, interchanges: [], ta1: [] });
    expect(result.findings.map(({ code }) => code)).toContain('isa.missing');
  });

  test('an interchange behind the headers of a mail is found', () => {
    expect(shape(`Subject: ISA from a payer\n\n${text}`)).toEqual({ ...clean, findings: ['isa.missing'] });
  });

  test('a segment longer than any may be is cut at the limit, and the next one is read', () => {
    const file = text.replace(content[8] ?? '', `DTP*291*D8*20260302*${'x'.repeat(2 * segmentLimit)}~`);
    expect(found(read(file))).toEqual(['truncated at 11']);
    expect(read(file).segments).toBe(17);
  });

  test('a file without any separator behind its ISA is no segment', () => {
    expect(found(read(`${text}${isa}${'x'.repeat(2 * segmentLimit)}`))).toContain('truncated at 18');
  });

  test('of a file that is broken throughout only so many findings of a kind are listed', () => {
    const { findings } = read(text.replace(se, '*~'.repeat(listedPerCode + 5) + se));
    expect(findings.filter(({ code }) => code === 'segment.id')).toHaveLength(listedPerCode);
    expect(
      findings.filter(({ message }) => message.endsWith('Further findings of this kind are not listed.')),
    ).toHaveLength(1);
  });
});

describe('hierarchical levels', () => {
  const levels = (...all: readonly string[]) =>
    found(read([isa, gs, bare, ...all, `SE*${all.length + 2}*0001~`, ge, iea].join('')));

  test('a parent that is not there', () => {
    expect(levels('HL*1**20*1~', 'HL*2*9*22*0~')).toEqual(['hl.parent at 4']);
  });
  test('a parent that comes later is no fault', () => {
    expect(levels('HL*1*2*22*0~', 'HL*2**20*1~')).toEqual([]);
  });
  test('levels numbered otherwise than 1, 2, 3 are no fault', () => {
    expect(levels('HL*A**20*1~', 'HL*07*A*21*1~', 'HL*1*07*22*0~')).toEqual([]);
  });
  test('two levels that are each the parent of the other', () => {
    expect(levels('HL*1**20*1~', 'HL*2*3*21*1~', 'HL*3*2*22*0~')).toEqual(['hl.cycle at 4']);
    expect(levels('HL*A*B*20*1~', 'HL*B*A*21*1~', 'HL*C*A*22*0~')).toEqual(['hl.cycle at 3']);
  });
  test('a level that is its own parent', () => {
    expect(levels('HL*1*1*20*1~')).toEqual(['hl.cycle at 3']);
  });
  test('a number that comes twice', () => {
    expect(levels('HL*1**20*1~', 'HL*2*1*21*1~', 'HL*2*1*22*0~')).toEqual(['hl.duplicate at 5']);
  });
  test('a level without its number or its kind', () => {
    expect(levels('HL*1**20*1~', 'HL**1**0~')).toEqual(['element.missing at 4', 'element.missing at 4']);
  });
  test('each transaction numbers its levels anew', () => {
    const one = [bare, 'HL*1**20*1~', 'SE*3*0001~'];
    expect(found(read([isa, gs, ...one, ...one, 'GE*2*1~', iea].join('')))).toEqual([]);
  });
});
