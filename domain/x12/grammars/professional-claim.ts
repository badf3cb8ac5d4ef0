// The loops of an 837P, professional claim (005010X222A1, section 2.3.1 transaction set listing).
import type { Grammar, LoopRule, SegmentRule } from '../loops.ts';
import { level, may, must } from './rules.ts';

/** One use of NM1 with what may follow it; whoever it names is told by NM101. */
function named(
  id: string,
  name: string,
  roles: readonly string[],
  segments: readonly SegmentRule[],
  times: { readonly min?: number; readonly max?: number } = {},
): LoopRule {
  return {
    id,
    name,
    min: times.min ?? 0,
    max: times.max ?? 1,
    segments: [must('NM1', 1, roles), ...segments],
    loops: [],
  };
}

const address = [may('N3'), may('N4')];
const ids = may('REF', null);

const providers: readonly LoopRule[] = [
  named('2310A', 'referring provider', ['DN', 'P3'], [may('PRV'), ids], { max: 2 }),
  named('2310B', 'rendering provider', ['82'], [may('PRV'), ids]),
  named('2310C', 'service facility', ['77'], [...address, ids, may('PER')]),
  named('2310D', 'supervising provider', ['DQ'], [ids]),
  named('2310E', 'ambulance pick-up', ['PW'], address),
  named('2310F', 'ambulance drop-off', ['45'], address),
];

const otherPayer: LoopRule = {
  id: '2320',
  name: 'other subscriber',
  min: 0,
  max: 10,
  segments: [must('SBR'), may('CAS', 5), may('AMT', null), may('DMG'), may('OI'), may('MOA')],
  loops: [
    named('2330A', 'other subscriber name', ['IL'], [...address, ids], { min: 1 }),
    // X12's own published example 3A of the guide leaves it out.
    named('2330B', 'other payer name', ['PR'], [...address, may('PER', 2), may('DTP'), ids]),
    named('2330C', 'referring provider of the other payer', ['DN', 'P3'], [ids], { max: 2 }),
    named('2330D', 'rendering provider of the other payer', ['82'], [ids]),
    named('2330E', 'service facility of the other payer', ['77'], [ids]),
    named('2330F', 'supervising provider of the other payer', ['DQ'], [ids]),
    named('2330G', 'billing provider of the other payer', ['85'], [ids]),
  ],
};

const line: LoopRule = {
  id: '2400',
  name: 'service line',
  min: 1,
  max: 50,
  segments: [
    must('LX'),
    must('SV1'),
    may('SV5'),
    may('PWK', 10),
    may('CR1'),
    may('CR3'),
    may('CRC', null),
    must('DTP', 1, ['472']),
    may('DTP', null),
    may('QTY', null),
    may('MEA', null),
    may('CN1'),
    ids,
    may('AMT', null),
    may('K3', 10),
    may('NTE', null),
    may('PS1'),
    may('HCP'),
  ],
  loops: [
    { id: '2410', name: 'drug', min: 0, max: 1, segments: [must('LIN'), may('CTP'), ids], loops: [] },
    named('2420A', 'rendering provider of the line', ['82'], [may('PRV'), ids]),
    named('2420B', 'purchased service provider', ['QB'], [ids]),
    named('2420C', 'service facility of the line', ['77'], [...address, ids]),
    named('2420D', 'supervising provider of the line', ['DQ'], [ids]),
    named('2420E', 'ordering provider', ['DK'], [...address, ids, may('PER')]),
    named('2420F', 'referring provider of the line', ['DN', 'P3'], [ids], { max: 2 }),
    named('2420G', 'ambulance pick-up of the line', ['PW'], address),
    named('2420H', 'ambulance drop-off of the line', ['45'], address),
    {
      id: '2430',
      name: 'line adjudication',
      min: 0,
      max: 15,
      segments: [must('SVD'), may('CAS', 5), may('DTP', null), may('AMT', null)],
      loops: [],
    },
    { id: '2440', name: 'form', min: 0, max: null, segments: [must('LQ'), may('FRM', 99)], loops: [] },
  ],
};

const claim: LoopRule = {
  id: '2300',
  name: 'claim',
  min: 0,
  max: null,
  segments: [
    must('CLM'),
    may('DTP', null),
    may('PWK', 10),
    may('CN1'),
    may('AMT', null),
    ids,
    may('K3', 10),
    may('NTE', null),
    may('CR1'),
    may('CR2'),
    may('CRC', null),
    must('HI', null),
    may('HCP'),
  ],
  loops: [...providers, otherPayer, line],
};

const patient: LoopRule = {
  id: '2000C',
  name: 'patient',
  min: 0,
  max: null,
  segments: [level('23'), must('PAT')],
  loops: [named('2010CA', 'patient name', ['QC'], [...address, may('DMG'), ids, may('PER')], { min: 1 }), claim],
};

const subscriber: LoopRule = {
  id: '2000B',
  name: 'subscriber',
  min: 1,
  max: null,
  segments: [level('22'), must('SBR'), may('PAT')],
  loops: [
    named('2010BA', 'subscriber name', ['IL'], [...address, may('DMG'), ids, may('PER')], { min: 1 }),
    named('2010BB', 'payer name', ['PR'], [...address, ids], { min: 1 }),
    claim,
    patient,
  ],
};

export const professionalClaim: Grammar = {
  type: '837',
  guide: '005010X222A1',
  head: [must('ST'), must('BHT'), may('REF')],
  loops: [
    named('1000A', 'submitter', ['41'], [may('PER', 2)], { min: 1 }),
    named('1000B', 'receiver', ['40'], [], { min: 1 }),
    {
      id: '2000A',
      name: 'billing provider',
      min: 1,
      max: null,
      segments: [level('20'), may('PRV'), may('CUR')],
      loops: [
        named('2010AA', 'billing provider name', ['85'], [...address, ids, may('PER', 2)], { min: 1 }),
        named('2010AB', 'pay-to address', ['87'], address),
        named('2010AC', 'pay-to plan', ['PE'], [...address, ids]),
        subscriber,
      ],
    },
  ],
  tail: [must('SE')],
};
