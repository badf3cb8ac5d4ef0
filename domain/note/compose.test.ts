// What a draft is: complete, traced, honest about what is missing, in the clinic's own wording and structure.
import { describe, expect, test } from 'vitest';
import { phraseRows, requirementRows, structureRows } from '../../rules/testing/documentation.ts';
import { blankIntervention, blankSession } from '../session/blank.ts';
import { createValidator } from '../../server/http/validation.ts';
import { textOf } from './compose.ts';
import { noteDocumentSchema } from './document-schema.ts';
import { phrasesOf } from './phrases.ts';
import { completeness, readability } from './requirements.ts';
import { documentKinds, noteSourceSchema } from './source-schema.ts';
import type { NoteSource } from './source-schema.ts';
import { structureOf } from './structure.ts';
import { draftOf } from './testing/drafts.ts';
import { drawSources } from './testing/sessions.ts';

const sources = drawSources(3, 1, 6);
const [first] = sources;
if (first === undefined) throw new Error('No source was drawn');

function sentencesOf(source: NoteSource, kind: (typeof documentKinds)[number]): string[] {
  return draftOf(source, kind).sections.flatMap(({ sentences }) => sentences.map(({ text }) => text));
}

const silent: NoteSource = {
  ...first,
  session: blankSession({ ref: 'ses_1', patient: 'pat_1', date: '2026-05-04', kind: 'treatment' }),
  earlier: [],
};

test('sources and documents have the shape of their schemas', () => {
  const validator = createValidator();
  for (const source of sources) {
    validator.check(noteSourceSchema, source, 'source');
    for (const kind of documentKinds) validator.check(noteDocumentSchema, draftOf(source, kind), kind);
  }
});

test('the same record gives the same text', () => {
  for (const kind of documentKinds) expect(draftOf(first, kind)).toEqual(draftOf(structuredClone(first), kind));
});

describe('what was not recorded stands as a gap', () => {
  test('an empty session makes a note that claims nothing', () => {
    const texts = sentencesOf(silent, 'daily');
    expect(texts).toContain('[not recorded: pain before and after treatment]');
    expect(texts).toContain('[not recorded: range of motion]');
    expect(texts.join(' ')).not.toMatch(/\b0\b|normal|denies|tolerated/);
  });

  test('what was left out knowingly says so', () => {
    const asked = { ...silent, session: { ...silent.session, notAsked: ['pain' as const] } };
    expect(sentencesOf(asked, 'daily')).toContain('[not asked or tested today: pain before and after treatment]');
  });

  test('a missing number of an entry is a gap in its sentence', () => {
    const score = { when: 'before' as const, score: null, part: 'knee' as const, side: 'left' as const };
    const source = { ...silent, session: { ...silent.session, pain: [score] } };
    expect(sentencesOf(source, 'daily')).toContain(
      'Pain in the left knee was [not recorded: pain score]/10 before treatment.',
    );
  });

  test('minutes of a code are unknown as soon as one of its treatments has none', () => {
    const interventions = [
      { ...blankIntervention('bridging'), code: '97110', minutes: 10 },
      { ...blankIntervention('heel slides'), code: '97110' },
    ];
    const source = { ...silent, session: { ...silent.session, interventions } };
    expect(sentencesOf(source, 'daily')).toContain('By code: 97110 [not recorded: minutes] minutes.');
  });
});

test('what was carried forward is marked, and what was not understood for sure is to be confirmed', () => {
  const strength = [
    {
      part: 'knee' as const,
      motion: 'extension' as const,
      muscle: null,
      side: 'left' as const,
      grade: '4' as const,
      carriedForward: true,
    },
    {
      part: 'hip' as const,
      motion: 'flexion' as const,
      muscle: null,
      side: 'left' as const,
      grade: '3+' as const,
      unsure: [{ field: 'grade', why: 'two grades were said' }],
    },
  ];
  const texts = sentencesOf({ ...silent, session: { ...silent.session, strength } }, 'daily');
  expect(texts).toContain('Strength of the left knee: extension 4/5 (carried forward, not looked at today).');
  expect(texts).toContain('Strength of the left hip: flexion 3+/5 [to confirm: grade].');
});

test('every value in a sentence names the place it comes from', () => {
  const strength = [
    { part: 'knee' as const, motion: 'extension' as const, muscle: null, side: 'left' as const, grade: '4' as const },
  ];
  const draft = draftOf({ ...silent, session: { ...silent.session, strength } }, 'daily');
  const sentence = draft.sections.flatMap(({ sentences }) => sentences).find(({ text }) => text.startsWith('Strength'));
  expect(sentence?.sources.map(({ from, to, pointer }) => [sentence.text.slice(from, to), pointer])).toEqual([
    ['left', '/session/strength/0/side'],
    ['knee', '/session/strength/0/part'],
    ['extension', '/session/strength/0/motion'],
    ['4', '/session/strength/0/grade'],
  ]);
});

test('the need for skill is argued from what the clinician did, and from nothing else', () => {
  const plain = { ...blankIntervention('bridging'), code: '97110', sets: 3, repetitions: 10 };
  const without = { ...silent, session: { ...silent.session, interventions: [plain] } };
  expect(sentencesOf(without, 'daily')).toContain('[not recorded: what needed the skills of a therapist]');
  const skilled = { ...plain, skills: ['tactile cues' as const] };
  const withSkill = { ...silent, session: { ...silent.session, interventions: [skilled] } };
  expect(sentencesOf(withSkill, 'daily')).toContain(
    'The skills of a therapist were needed for bridging: tactile cues.',
  );
});

test('a clinic words a phrase in its own way, and its headings are its own', () => {
  const own = phrasesOf(
    [...phraseRows, { id: 'skilledNeed', text: 'Skilled input for {name}: {skills}.' }],
    'narrative',
  );
  expect(own.say('skilledNeed', {}).text).toBe('Skilled input for [not recorded: name]: [not recorded: skills].');
  const headings = (system: string): string[] =>
    structureOf(structureRows, system, 'daily').sections.map(({ heading }) => heading);
  expect(headings('webpt')).not.toEqual(headings('breezynotes'));
  expect(() => structureOf(structureRows, 'unheard-of', 'daily')).toThrow('has no document');
  expect(() => own.say('unheard-of')).toThrow('There is no phrase');
});

test('the text of a document has its title, its headings and its sentences', () => {
  const text = textOf(draftOf(first, 'evaluation', 'plain'));
  expect(text).toMatch(/^Physical Therapy Evaluation\n\nSUBJECTIVE\nThe patient was seen on /);
  expect(text).not.toMatch(/\{|\}|<|>|undefined|null/);
});

describe('completeness against the manual', () => {
  test('an empty daily note lacks what §220.3.E asks for, each with its section', () => {
    const { missing } = completeness(requirementRows, draftOf(silent, 'daily'), silent);
    expect(missing.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['daily-interventions', 'daily-timed', 'daily-total', 'daily-who']),
    );
    expect(missing.every(({ where, section }) => where === 'record' && section.startsWith('§220'))).toBe(true);
  });

  test('whatever is recorded and asked for stands in the draft', () => {
    for (const source of sources)
      for (const kind of documentKinds) {
        const { missing } = completeness(requirementRows, draftOf(source, kind), source);
        expect(missing.filter(({ where }) => where === 'document')).toEqual([]);
      }
  });

  test('a row is asked for on the days it is in force', () => {
    const draft = { ...draftOf(silent, 'daily'), date: '2012-12-31' };
    expect(completeness(requirementRows, draft, silent)).toEqual({ required: 0, missing: [] });
  });
});

test('drafts read in sentences of a length that people read', () => {
  for (const kind of documentKinds) {
    const figures = sources.map((source) => readability(draftOf(source, kind)));
    const mean = figures.reduce((sum, { wordsPerSentence }) => sum + wordsPerSentence, 0) / figures.length;
    expect(mean).toBeLessThan(16);
    expect(Math.max(...figures.map(({ longestSentence }) => longestSentence))).toBeLessThanOrEqual(60);
  }
  expect(readability(draftOf(silent, 'daily')).gaps).toBeGreaterThan(0.5);
});
