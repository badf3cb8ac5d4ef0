// The loops of an 835, claim payment and remittance advice (005010X221A1, section 2.4 and the 835 transaction set listing).
import type { Grammar, LoopRule } from '../loops.ts';
import { may, must } from './rules.ts';

const service: LoopRule = {
  id: '2110',
  name: 'service payment',
  min: 0,
  max: null,
  segments: [
    must('SVC'),
    may('DTM', null),
    may('CAS', null),
    may('REF', null),
    may('AMT', null),
    may('QTY', null),
    may('LQ', null),
  ],
  loops: [],
};

/** How often REF, DTM and AMT may come depends on their qualifiers; payers send more of them than the guide lists. */
const claim: LoopRule = {
  id: '2100',
  name: 'claim payment',
  min: 0,
  max: null,
  segments: [
    must('CLP'),
    may('CAS', null),
    may('NM1', null),
    may('MIA'),
    may('MOA'),
    may('REF', null),
    may('DTM', null),
    may('PER', null),
    may('AMT', null),
    may('QTY', null),
  ],
  loops: [service],
};

export const remittance: Grammar = {
  type: '835',
  guide: '005010X221A1',
  head: [must('ST'), must('BPR'), must('TRN'), may('CUR'), may('REF', null), may('DTM', null)],
  loops: [
    {
      id: '1000A',
      name: 'payer',
      min: 1,
      max: 1,
      segments: [must('N1', 1, ['PR']), may('N3'), may('N4'), may('REF', null), may('PER', null)],
      loops: [],
    },
    {
      id: '1000B',
      name: 'payee',
      min: 1,
      max: 1,
      segments: [must('N1', 1, ['PE']), may('N3'), may('N4'), may('REF', null), may('RDM')],
      loops: [],
    },
    // Some payers leave out LX; their claims are claims all the same. Behind an LX every claim is one of its own.
    claim,
    {
      id: '2000',
      name: 'claims by header number',
      min: 0,
      max: null,
      segments: [must('LX'), may('TS3'), may('TS2')],
      loops: [claim],
    },
  ],
  tail: [may('PLB', null), must('SE')],
};
