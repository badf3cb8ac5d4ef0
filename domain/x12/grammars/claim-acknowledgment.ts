// The loops of a 277CA, health care claim acknowledgment (005010X214, transaction set listing).
import type { Grammar, LoopRule } from '../loops.ts';
import { level, may, must } from './rules.ts';

/** How many claims and what amount were accepted and rejected at this level; clearinghouses add numbers and dates. */
function totals(id: string, name: string): LoopRule {
  return {
    id,
    name,
    min: 0,
    max: 1,
    segments: [must('TRN'), may('STC', null), may('REF', 9), may('DTP', 9), may('QTY', 2), may('AMT', 2)],
    loops: [],
  };
}

function named(id: string, name: string): LoopRule {
  return { id, name, min: 1, max: 1, segments: [must('NM1')], loops: [] };
}

const line: LoopRule = {
  id: '2220D',
  name: 'service line',
  min: 0,
  max: null,
  segments: [must('SVC'), must('STC', null), may('REF', 9), may('DTP', 2)],
  loops: [],
};

const claim: LoopRule = {
  id: '2200D',
  name: 'claim status',
  min: 1,
  max: null,
  segments: [must('TRN'), must('STC', null), may('REF', 9), may('DTP', 4)],
  loops: [line],
};

const patient: LoopRule = {
  id: '2000D',
  name: 'patient',
  min: 0,
  max: null,
  // PT by the guide; payers that build it from their 277 have the subscriber's 22.
  segments: [must('HL', 1, ['PT', '22'], 3)],
  loops: [named('2100D', 'patient name'), claim],
};

const provider: LoopRule = {
  id: '2000C',
  name: 'billing provider',
  min: 0,
  max: null,
  segments: [level('19')],
  loops: [named('2100C', 'billing provider name'), totals('2200C', 'acknowledgment of the provider'), patient],
};

const receiver: LoopRule = {
  id: '2000B',
  name: 'information receiver',
  min: 1,
  max: null,
  segments: [level('21')],
  loops: [named('2100B', 'information receiver name'), totals('2200B', 'acknowledgment of the receiver'), provider],
};

export const claimAcknowledgment: Grammar = {
  type: '277',
  guide: '005010X214',
  head: [must('ST'), must('BHT')],
  loops: [
    {
      id: '2000A',
      name: 'information source',
      min: 1,
      max: null,
      segments: [level('20')],
      loops: [
        named('2100A', 'information source name'),
        {
          id: '2200A',
          name: 'receipt by the source',
          min: 0,
          max: 1,
          segments: [must('TRN'), may('DTP', 2)],
          loops: [],
        },
        receiver,
      ],
    },
  ],
  tail: [must('SE')],
};
