// The loops of a 277, claim status response (005010X212, the 277 transaction set listing).
import type { Grammar, LoopRule } from '../loops.ts';
import { level, may, must } from './rules.ts';

function line(id: string): LoopRule {
  return {
    id,
    name: 'service line',
    min: 0,
    max: null,
    segments: [must('SVC'), may('STC', null), may('REF', 9), may('DTP', 2)],
    loops: [],
  };
}

function claim(id: string, line: LoopRule): LoopRule {
  return {
    id,
    name: 'claim status',
    min: 0,
    max: null,
    segments: [must('TRN'), must('STC', null), may('REF', 9), may('DTP', 4)],
    loops: [line],
  };
}

/** A status of everything asked below this level: nothing was looked up. */
function refusal(id: string): LoopRule {
  return {
    id,
    name: 'status of the whole level',
    min: 0,
    max: null,
    segments: [must('TRN'), must('STC', null)],
    loops: [],
  };
}

function person(id: string, name: string): LoopRule {
  return { id, name, min: 1, max: 1, segments: [must('NM1'), may('DMG')], loops: [] };
}

const dependent: LoopRule = {
  id: '2000E',
  name: 'dependent',
  min: 0,
  max: null,
  segments: [level('23'), may('DMG')],
  loops: [person('2100E', 'dependent name'), claim('2200E', line('2220E'))],
};

const subscriber: LoopRule = {
  id: '2000D',
  name: 'subscriber',
  min: 0,
  max: null,
  segments: [level('22'), may('DMG')],
  loops: [person('2100D', 'subscriber name'), claim('2200D', line('2220D')), dependent],
};

const provider: LoopRule = {
  id: '2000C',
  name: 'service provider',
  min: 0,
  max: null,
  segments: [level('19')],
  loops: [
    { id: '2100C', name: 'provider name', min: 1, max: 2, segments: [must('NM1')], loops: [] },
    refusal('2200C'),
    subscriber,
  ],
};

const receiver: LoopRule = {
  id: '2000B',
  name: 'information receiver',
  min: 1,
  max: null,
  segments: [level('21')],
  loops: [
    { id: '2100B', name: 'information receiver name', min: 1, max: 1, segments: [must('NM1')], loops: [] },
    refusal('2200B'),
    provider,
  ],
};

export const claimStatusResponse: Grammar = {
  type: '277',
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
        { id: '2100A', name: 'payer name', min: 1, max: 1, segments: [must('NM1'), may('PER', 3)], loops: [] },
        receiver,
      ],
    },
  ],
  tail: [must('SE')],
};
