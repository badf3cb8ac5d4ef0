// Proposed charges over synthetic data, one that agrees with the billing system and one that asks; and how drafts of notes did.
import type { DraftFigures } from '../../domain/note-audit/figures.ts';
import type { ChargeLine } from '../charges.ts';

const agrees: ChargeLine = {
  session: 'ses_0000000000000000000001',
  revision: 1,
  patient: 'pat_0000000000000000000001',
  name: { given: 'Rosa', family: 'Delgado' },
  state: 'proposed',
  date: '2026-03-10',
  lines: [
    { code: '97110', minutes: 33, units: 2, assistantUnits: 0, assistantModifier: null },
    { code: '97140', minutes: 7, units: 1, assistantUnits: 0, assistantModifier: null },
  ],
  timedMinutes: 40,
  totalMinutes: 45,
  timedUnits: 3,
  rule: 'cms.eight-minutes',
  alternatives: [],
  explanation: ['40 timed minutes are 3 units.'],
  questions: [],
  differences: [],
  decided: null,
};

const asks: ChargeLine = {
  ...agrees,
  session: 'ses_0000000000000000000002',
  patient: 'pat_0000000000000000000002',
  name: { given: 'Omar', family: 'Haddad' },
  lines: [
    { code: '97110', minutes: null, units: null, assistantUnits: null, assistantModifier: 'CQ' },
    { code: '97530', minutes: 15, units: null, assistantUnits: null, assistantModifier: 'CQ' },
  ],
  timedMinutes: null,
  totalMinutes: null,
  timedUnits: null,
  explanation: [],
  questions: ['97110 is counted by minutes, and not all of them are recorded.'],
  differences: [{ code: '97140', captured: 0, charged: 1 }],
};

export function chargesOf(state: string | null): readonly ChargeLine[] {
  return state === 'proposed' || state === null ? [asks, agrees] : [];
}

export function draftFiguresOf(): DraftFigures {
  return {
    from: null,
    signed: { composer: 48, model: 0 },
    sections: [
      { section: 'assessment', notes: 48, draftedWords: 2304, signedWords: 2410, changedWords: 241, changedShare: 0.1 },
      { section: 'subjective', notes: 48, draftedWords: 960, signedWords: 970, changedWords: 29, changedShare: 0.03 },
    ],
    audits: { open: 1, sound: 3, minorFaults: 1, seriousFaults: 0, notLooked: 0 },
  };
}
