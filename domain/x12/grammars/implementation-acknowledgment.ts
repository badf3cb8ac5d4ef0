// The loops of a 999, implementation acknowledgment (005010X231A1, transaction set listing).
import type { Grammar, LoopRule } from '../loops.ts';
import { may, must } from './rules.ts';

const element: LoopRule = {
  id: '2110',
  name: 'element in error',
  min: 0,
  max: null,
  segments: [must('IK4'), may('CTX', 10)],
  loops: [],
};

const segment: LoopRule = {
  id: '2100',
  name: 'segment in error',
  min: 0,
  max: null,
  segments: [must('IK3'), may('CTX', 10)],
  loops: [element],
};

/** IK5 belongs to 2000 and comes after its loops; a loop of its own says so. */
const verdict: LoopRule = {
  id: '2000.IK5',
  name: 'verdict on the transaction set',
  min: 1,
  max: 1,
  segments: [must('IK5')],
  loops: [],
};

export const implementationAcknowledgment: Grammar = {
  type: '999',
  guide: '005010X231A1',
  head: [must('ST'), must('AK1')],
  loops: [
    {
      id: '2000',
      name: 'acknowledged transaction set',
      min: 0,
      max: null,
      segments: [must('AK2')],
      loops: [segment, verdict],
    },
  ],
  tail: [must('AK9'), must('SE')],
};
