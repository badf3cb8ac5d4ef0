// The loops of a 270, eligibility inquiry (005010X279A1, the 270 transaction set listing).
import type { Grammar, LoopRule } from '../loops.ts';
import { level, may, must } from './rules.ts';

function question(id: string): LoopRule {
  return {
    id,
    name: 'eligibility or benefit inquiry',
    min: 0,
    max: 99,
    segments: [must('EQ'), may('AMT', 2), may('VEH'), may('PDR'), may('PDP'), may('III', 10), may('REF'), may('DTP')],
    loops: [],
  };
}

/** The entity code (NM101) is IL or 03 by the guide; the level tells whose name it is. */
function person(id: string, name: string, question: LoopRule): LoopRule {
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
      may('PRV'),
      may('DMG'),
      may('INS'),
      may('HI'),
      may('DTP', 2),
    ],
    loops: [question],
  };
}

const dependent: LoopRule = {
  id: '2000D',
  name: 'dependent',
  min: 0,
  max: null,
  segments: [level('23'), may('TRN', 2)],
  loops: [person('2100D', 'dependent name', question('2110D'))],
};

const subscriber: LoopRule = {
  id: '2000C',
  name: 'subscriber',
  min: 1,
  max: null,
  segments: [level('22'), may('TRN', 2)],
  loops: [person('2100C', 'subscriber name', question('2110C')), dependent],
};

const receiver: LoopRule = {
  id: '2000B',
  name: 'information receiver',
  min: 1,
  max: null,
  segments: [level('21')],
  loops: [
    {
      id: '2100B',
      name: 'information receiver name',
      min: 1,
      max: 1,
      segments: [must('NM1'), may('REF', 9), may('N3'), may('N4'), may('PER', 3), may('PRV')],
      loops: [],
    },
    subscriber,
  ],
};

export const eligibilityInquiry: Grammar = {
  type: '270',
  guide: '005010X279A1',
  head: [must('ST'), must('BHT')],
  loops: [
    {
      id: '2000A',
      name: 'information source',
      min: 1,
      max: null,
      segments: [level('20')],
      loops: [
        {
          id: '2100A',
          name: 'information source name',
          min: 1,
          max: 1,
          segments: [must('NM1')],
          loops: [],
        },
        receiver,
      ],
    },
  ],
  tail: [must('SE')],
};
