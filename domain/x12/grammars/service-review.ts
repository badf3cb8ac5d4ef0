// The loops of a 278, health care services review: request and answer (005010X217), inquiry and its answer (005010X215), notification (005010X216).
import type { Grammar, LoopRule, SegmentRule } from '../loops.ts';
import { level, may, must } from './rules.ts';

/** A guide names both what is asked and what is answered; only BHT02 tells them apart, after a reader has begun. */
type Side = 'request' | 'either';

const address = [may('N3'), may('N4')];
const ids = may('REF', null);
const rejects = may('AAA', 9);

function named(id: string, name: string, min: number, max: number | null, after: readonly SegmentRule[]): LoopRule {
  return { id, name, min, max, segments: [must('NM1'), ...after], loops: [] };
}

function provider(id: string, name: string): LoopRule {
  return named(id, name, 0, null, [ids, ...address, may('PER', 3), rejects, may('PRV')]);
}

const service: LoopRule = {
  id: '2000F',
  name: 'service',
  min: 0,
  max: null,
  segments: [
    level('SS'),
    may('TRN', 3),
    rejects,
    may('UM'),
    may('HCR'),
    ids,
    may('DTP', null),
    may('HI'),
    may('SV1'),
    may('SV2'),
    may('SV3'),
    may('TOO', 32),
    may('HSD'),
    may('PWK', 10),
    may('MSG', null),
  ],
  loops: [provider('2010F', 'provider of the service')],
};

/** What is reviewed (UM); an answer may refuse it (AAA) and say no more. */
function event(side: Side, min: number): LoopRule {
  return {
    id: '2000E',
    name: 'patient event',
    min,
    max: null,
    segments: [
      level('EV'),
      may('TRN', 3),
      rejects,
      side === 'request' ? must('UM') : may('UM'),
      may('HCR'),
      ids,
      may('DTP', null),
      may('HI', null),
      may('HSD'),
      may('CRC', null),
      may('CL1'),
      may('CR1'),
      may('CR2'),
      may('CR5'),
      may('CR6'),
      may('PWK', 10),
      may('MSG', null),
    ],
    loops: [provider('2010E', 'provider of the event'), service],
  };
}

function person(id: string, name: string): LoopRule {
  return named(id, name, 1, 1, [ids, ...address, rejects, may('DMG'), may('INS')]);
}

/** The event stands below whoever is the patient: the dependent, else the subscriber. */
function subscriber(side: Side): LoopRule {
  const least = side === 'request' ? 1 : 0;
  return {
    id: '2000C',
    name: 'subscriber',
    min: least,
    max: null,
    segments: [level('22'), may('TRN', 3), rejects],
    loops: [
      person('2010C', 'subscriber name'),
      event(side, 0),
      {
        id: '2000D',
        name: 'dependent',
        min: 0,
        max: null,
        segments: [level('23'), may('TRN', 3), rejects],
        loops: [person('2010D', 'dependent name'), event(side, least)],
      },
    ],
  };
}

function grammar(guide: string, side: Side): Grammar {
  const least = side === 'request' ? 1 : 0;
  const organization = [ids, ...address, may('PER', 3), rejects];
  const requester: LoopRule = {
    id: '2000B',
    name: 'requester',
    min: least,
    max: null,
    segments: [level('21'), rejects],
    loops: [named('2010B', 'requester name', 1, 1, [...organization, may('PRV')]), subscriber(side)],
  };
  return {
    type: '278',
    guide,
    head: [must('ST'), must('BHT')],
    loops: [
      {
        id: '2000A',
        name: 'utilization management organization',
        min: 1,
        max: null,
        segments: [level('20'), rejects],
        loops: [named('2010A', 'utilization management organization name', 1, 1, organization), requester],
      },
    ],
    tail: [must('SE')],
  };
}

/** Demands what a request and its answer both must have. */
export const serviceReview = grammar('005010X217', 'either');
export const serviceReviewInquiry = grammar('005010X215', 'either');
export const serviceReviewNotification = grammar('005010X216', 'either');
/** For those who know that it is a request. */
export const serviceReviewRequest = grammar('005010X217', 'request');
