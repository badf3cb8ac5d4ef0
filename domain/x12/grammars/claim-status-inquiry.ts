// The loops of a 276, claim status request (005010X212, the 276 transaction set listing).
import type { Grammar, LoopRule } from '../loops.ts';
import { level, may, must } from './rules.ts';

function line(id: string): LoopRule {
  return {
    id,
    name: 'service line',
    min: 0,
    max: null,
    segments: [must('SVC'), may('REF', 9), may('DTP')],
    loops: [],
  };
}

function claim(id: string, line: LoopRule): LoopRule {
  return {
    id,
    name: 'claim asked about',
    min: 0,
    max: null,
    segments: [must('TRN'), may('REF', 9), may('AMT'), may('DTP', 2)],
    loops: [line],
  };
}

/** The guide puts DMG before the name; files have it behind the name too. */
function person(id: string, name: string): LoopRule {
  return { id, name, min: 1, max: 1, segments: [must('NM1'), may('DMG')], loops: [] };
}

const dependent: LoopRule = {
  id: '2000E',
  name: 'dependent',
  min: 0,
  max: null,
  segments: [level('23'), may('DMG')],
  loops: [person('2100E', 'dependent name'), claim('2200E', line('2210E'))],
};

const subscriber: LoopRule = {
  id: '2000D',
  name: 'subscriber',
  min: 1,
  max: null,
  segments: [level('22'), may('DMG')],
  loops: [person('2100D', 'subscriber name'), claim('2200D', line('2210D')), dependent],
};

const provider: LoopRule = {
  id: '2000C',
  name: 'service provider',
  min: 1,
  max: null,
  segments: [level('19')],
  // Twice where a provider is named by NPI and by an older number (the guide's note on 2100C).
  loops: [{ id: '2100C', name: 'provider name', min: 1, max: 2, segments: [must('NM1')], loops: [] }, subscriber],
};

const receiver: LoopRule = {
  id: '2000B',
  name: 'information receiver',
  min: 1,
  max: null,
  segments: [level('21')],
  loops: [
    { id: '2100B', name: 'information receiver name', min: 1, max: 1, segments: [must('NM1')], loops: [] },
    provider,
  ],
};

export const claimStatusInquiry: Grammar = {
  type: '276',
  guide: '005010X212',
  head: [must('ST'), must('BHT')],
  loops: [
    {
      id: '2000A',
      name: 'information source',
      min: 1,
      max: null,
      segments: [level('20')],
      loops: [
        { id: '2100A', name: 'payer name', min: 1, max: 1, segments: [must('NM1'), may('PER')], loops: [] },
        receiver,
      ],
    },
  ],
  tail: [must('SE')],
};
