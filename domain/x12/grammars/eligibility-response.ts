// The loops of a 271, eligibility response (005010X279A1, section 2.4 and the 271 transaction set listing).
import type { Grammar, LoopRule } from '../loops.ts';
import { level, may, must } from './rules.ts';

const benefitEntity: LoopRule = {
  id: '2120',
  name: 'benefit related entity',
  min: 0,
  max: 23,
  segments: [must('NM1'), may('N3'), may('N4'), may('PER', 3), may('PRV')],
  loops: [],
};

/** LS and LE stand around the entities. LE comes after loops, where the grammar has loops only: it is one of a single segment. */
const endOfEntities: LoopRule = {
  id: '2110 LE',
  name: 'end of the benefit related entities',
  min: 0,
  max: 1,
  segments: [must('LE')],
  loops: [],
};

function benefits(id: string): LoopRule {
  return {
    id,
    name: 'eligibility or benefit information',
    min: 0,
    max: null,
    segments: [
      must('EB'),
      may('HSD', 9),
      may('REF', 9),
      may('DTP', 20),
      may('AAA', 9),
      may('MSG', 10),
      may('III', 10),
      may('LS'),
    ],
    loops: [benefitEntity, endOfEntities],
  };
}

/** Payers put the dependent's name under several entity codes (NM101); the level tells whose it is. */
function person(id: string, name: string): LoopRule {
  return {
    id,
    name,
    min: 1,
    max: 1,
    segments: [
      must('NM1'),
      may('REF', 9),
      may('N3'),
      may('N4'),
      may('AAA', 9),
      may('PRV'),
      may('DMG'),
      may('INS'),
      may('HI'),
      may('DTP', 9),
      may('MPI', 9),
    ],
    loops: [benefits(id === '2100C' ? '2110C' : '2110D')],
  };
}

const dependent: LoopRule = {
  id: '2000D',
  name: 'dependent',
  min: 0,
  max: null,
  segments: [level('23'), may('TRN', 3)],
  loops: [person('2100D', 'dependent name')],
};

const subscriber: LoopRule = {
  id: '2000C',
  name: 'subscriber',
  min: 0,
  max: null,
  segments: [level('22'), may('TRN', 3)],
  loops: [person('2100C', 'subscriber name'), dependent],
};

const receiver: LoopRule = {
  id: '2000B',
  name: 'information receiver',
  min: 0,
  max: null,
  segments: [level('21')],
  loops: [
    {
      id: '2100B',
      name: 'information receiver name',
      min: 1,
      max: 1,
      segments: [must('NM1'), may('REF', 9), may('N3'), may('N4'), may('AAA', 9), may('PRV')],
      loops: [],
    },
    subscriber,
  ],
};

export const eligibilityResponse: Grammar = {
  type: '271',
  guide: '005010X279A1',
  head: [must('ST'), must('BHT')],
  loops: [
    {
      id: '2000A',
      name: 'information source',
      min: 1,
      max: null,
      segments: [level('20'), may('AAA', 9)],
      loops: [
        {
          id: '2100A',
          name: 'information source name',
          min: 1,
          max: 1,
          segments: [must('NM1'), may('PER', 3), may('AAA', 9)],
          loops: [],
        },
        receiver,
      ],
    },
  ],
  tail: [must('SE')],
};
