// What the verifier must stop, and what it must let pass: facts of the field, one by one.
import { describe, expect, test } from 'vitest';
import { verificationRules } from '../../rules/testing/documentation.ts';
import type { NoteDocument } from '../note/document-schema.ts';
import type { DocumentKind, NoteSource } from '../note/source-schema.ts';
import { draftOf } from '../note/testing/drafts.ts';
import { blankIntervention, blankSession } from '../session/blank.ts';
import type { Session } from '../session/schema.ts';
import type { FindingClass } from './finding.ts';
import { verifier } from './verify.ts';

const verify = verifier(verificationRules);

const session: Session = {
  ...blankSession({ ref: 'ses_1', patient: 'pat_1', date: '2026-05-04', kind: 'treatment' }),
  visitNumber: 6,
  clinicians: [{ ref: 'usr_1', credential: 'PT' }],
  totalMinutes: 40,
  timedMinutes: 38,
  subjective: {
    words: 'I reached the top shelf on Sunday',
    reports: [{ symptom: 'numbness', present: false, part: null, side: null }],
  },
  pain: [
    { when: 'before', score: 4, part: 'shoulder', side: 'left' },
    { when: 'after', score: 2, part: 'shoulder', side: 'left' },
  ],
  rangeOfMotion: [
    { part: 'shoulder', motion: 'flexion', side: 'left', mode: 'active', degrees: 110 },
    { part: 'shoulder', motion: 'flexion', side: 'right', mode: 'active', degrees: 165 },
  ],
  strength: [{ part: 'shoulder', motion: 'abduction', muscle: null, side: 'left', grade: '4-' }],
  specialTests: [{ name: 'Neer test', side: 'left', positive: true }],
  gait: { distance: 150, unit: 'ft', device: 'none', assistance: 'minimal', deviations: [] },
  measures: [{ measure: 'quickdash', score: 34 }],
  interventions: [
    {
      ...blankIntervention('wand flexion'),
      code: '97110',
      minutes: 12,
      sets: 3,
      repetitions: 10,
      side: 'left',
      skills: ['verbal cues'],
      response: 'well',
    },
    {
      ...blankIntervention('glenohumeral mobilization grade III'),
      code: '97140',
      minutes: 10,
      side: 'left',
      response: 'more pain',
    },
  ],
  assessment: 'Elevation is limited by guarding',
  plan: 'Add resisted rotation',
};

const source: NoteSource = {
  session,
  episode: {
    diagnoses: [{ code: 'M75.101', words: 'rotator cuff tear of the left shoulder' }],
    onset: '2026-03-01',
    history: null,
    priorFunction: null,
    limitations: ['cannot lift a pan'],
    precautions: [],
    startOfCare: '2026-04-14',
    treatmentDays: 6,
    goals: [],
    plan: null,
    rehabPotential: null,
    dischargeReason: null,
    dischargePlan: null,
    askOfPhysician: null,
  },
  earlier: [
    {
      ...blankSession({ ref: 'ses_0', patient: 'pat_1', date: '2026-04-14', kind: 'evaluation' }),
      clinicians: [{ ref: 'usr_1', credential: 'PT' }],
      rangeOfMotion: [{ part: 'shoulder', motion: 'flexion', side: 'left', mode: 'active', degrees: 95 }],
    },
  ],
  author: { ref: 'usr_1', credential: 'PT' },
};

/** The classes of what blocks a note of these sentences; dropped findings are left out, for the sentences are but a part of a note. */
function blocks(
  texts: string | readonly string[],
  of: NoteSource = source,
  kind: DocumentKind = 'daily',
): FindingClass[] {
  const sentences = [texts].flat().map((text) => ({ text, sources: [], gaps: [] }));
  const document: NoteDocument = {
    kind,
    structure: 'plain',
    title: 'Daily Note',
    date: of.session.date,
    author: of.author,
    sections: [{ id: 'text', heading: 'Text', sentences }],
  };
  return verify(document, of)
    .findings.filter((finding) => finding.severity === 'block' && finding.class !== 'dropped')
    .map((finding) => finding.class);
}

describe('numbers', () => {
  test('shoulder flexion of 130 where 110 was recorded is stopped', () => {
    expect(blocks('Left shoulder flexion was 110 degrees.')).toEqual([]);
    expect(blocks('Left shoulder flexion was 130 degrees.')).toEqual(['number']);
    expect(blocks('Shoulder flexion 130 on the left.')).toEqual(['number']);
  });

  test('sets, repetitions and minutes are those of the exercise that is named', () => {
    expect(blocks('Wand flexion 3x10 for 12 minutes.')).toEqual([]);
    expect(blocks('Wand flexion 3x12 for 12 minutes.')).toEqual(['number']);
    expect(blocks('Wand flexion: 3 sets of 10, 10 minutes.')).toEqual(['number']);
  });

  test('a value of an earlier visit is no value of today', () => {
    expect(blocks('Left shoulder flexion is 95 degrees.')).toEqual(['number']);
    expect(blocks('Left shoulder flexion improved from 95 degrees on 04/14/2026 to 110 degrees.')).toEqual([]);
    expect(blocks('Left shoulder flexion improved from 90 degrees on 04/14/2026 to 110 degrees.')).toContain('number');
  });

  test('feet are not meters', () => {
    expect(blocks('She walked 150 feet.')).toEqual([]);
    expect(blocks('She walked 150 meters.')).toEqual(['unit']);
  });
});

describe('sides', () => {
  test('left and right exchanged are stopped', () => {
    expect(blocks('Shoulder flexion was 110° on the left and 165° on the right.')).toEqual([]);
    expect(blocks('Shoulder flexion was 165° on the left and 110° on the right.')).toEqual(['side', 'side']);
  });

  test('a treatment on the other side is stopped', () => {
    expect(blocks('Wand flexion on the right, 3x10.')).not.toEqual([]);
  });

  test('another joint is stopped', () => {
    expect(blocks('Left hip flexion was 110 degrees.')).toEqual(['part']);
  });
});

describe('what was said and what was not', () => {
  test('“denies pain” with nothing asked is stopped', () => {
    const silent = { ...source, session: { ...session, pain: [], subjective: { words: null, reports: [] } } };
    expect(blocks('The patient denies pain.', silent)).toEqual(['negation']);
    expect(blocks('No swelling.')).toEqual(['negation']);
    expect(blocks('Denies numbness.')).toEqual([]);
    expect(blocks('Reports numbness.')).toEqual(['negation']);
  });

  test('no pain is borne by a score of zero', () => {
    const free = {
      ...source,
      session: { ...session, pain: [{ when: 'after' as const, score: 0, part: null, side: null }] },
    };
    expect(blocks('The patient denies pain after treatment.', free)).toEqual([]);
  });

  test('words in quotation marks are somebody’s words', () => {
    expect(blocks('She said “I reached the top shelf on Sunday”.')).toEqual([]);
    expect(blocks('She said “I reached the low shelf on Sunday”.')).toContain('quote');
  });

  test('a denial that nobody wrote is stopped', () => {
    expect(blocks('She cannot lift a pan.')).toEqual([]);
    expect(blocks('She cannot drive.')).toEqual(['negation']);
  });

  test('every intervention was not tolerated well when one was not', () => {
    expect(blocks('Wand flexion was tolerated well.')).toEqual([]);
    expect(blocks('Every intervention was tolerated well.')).toEqual(['negation']);
  });

  test('a positive test is not negative', () => {
    expect(blocks('Neer test was positive on the left.')).toEqual([]);
    expect(blocks('Neer test was negative on the left.')).toEqual(['negation']);
  });
});

describe('closed words', () => {
  test('minimal is not maximal assistance', () => {
    expect(blocks('She walked 150 feet with minimal assistance.')).toEqual([]);
    expect(blocks('She walked 150 feet with maximal assistance.')).toEqual(['assistance']);
    expect(blocks('Ambulated 150 ft, max A.')).toEqual(['assistance']);
  });

  test('4- is not 4', () => {
    expect(blocks('Left shoulder abduction strength 4-/5.')).toEqual([]);
    expect(blocks('Left shoulder abduction strength 4/5.')).toEqual(['grade']);
  });

  test('an exercise that was not done is stopped, known by its noun or by its dose', () => {
    expect(blocks('Wall squats were added.')).toEqual(['exercise']);
    expect(blocks('Bird dog: 3 sets of 10.')).not.toEqual([]);
    expect(blocks('Reaching in quadruped: 3 sets of 10.')).toContain('exercise');
  });

  test('the grade of a mobilization is the recorded one', () => {
    expect(blocks('Glenohumeral mobilization grade III for 10 minutes.')).toEqual([]);
    expect(blocks('Glenohumeral mobilization grade IV for 10 minutes.')).toEqual(['grade']);
  });

  test('codes and dates are those on record', () => {
    expect(blocks('97110 12 minutes and 97140 10 minutes.')).toEqual([]);
    expect(blocks('97110 12 minutes and 97530 10 minutes.')).toContain('code');
    expect(blocks('She was seen on 05/04/2026.')).toEqual([]);
    expect(blocks('She was seen on 05/05/2026.')).toEqual(['date']);
    expect(blocks('Onset March 1, 2026.')).toEqual([]);
  });

  test('an illness that stands nowhere in the record is stopped', () => {
    expect(blocks('Imaging shows osteoporosis.')).toEqual(['statement']);
  });
});

describe('changes', () => {
  test('a change goes the way its values go', () => {
    expect(blocks('Left shoulder flexion became worse, from 95° on 04/14/2026 to 110°.')).toEqual(['trend']);
    expect(blocks('Pain decreased from 4/10 before to 2/10 after treatment.')).toEqual([]);
    expect(blocks('Pain increased from 4/10 before to 2/10 after treatment.')).toEqual(['trend']);
  });

  test('what nobody measured twice has not changed', () => {
    expect(blocks('QuickDASH improved.')).toEqual(['trend']);
  });

  test('carried forward is said, or it is stopped', () => {
    const carried = {
      ...source,
      session: { ...session, strength: session.strength.map((entry) => ({ ...entry, carriedForward: true })) },
    };
    expect(blocks('Left shoulder abduction strength 4-/5.', carried)).toEqual(['carried']);
    expect(blocks('Left shoulder abduction strength 4-/5 (carried forward).', carried)).toEqual([]);
  });
});

describe('the document as a whole', () => {
  test('a complete draft may be signed; a finding taken out of it is missed', () => {
    const draft = draftOf(source, 'daily');
    expect(verify(draft, source).findings.filter(({ severity }) => severity === 'block')).toEqual([]);
    const without = {
      ...draft,
      sections: draft.sections.map((section) => ({
        ...section,
        sentences: section.sentences.filter(({ text }) => !text.includes('Neer')),
      })),
    };
    const { findings, maySign } = verify(without, source);
    expect(maySign).toBe(false);
    expect(findings.map(({ pointers }) => pointers)).toContainEqual(['/session/specialTests/0']);
  });

  test('every number of a draft leads to its place in the record', () => {
    const draft = draftOf(source, 'daily');
    const { traces } = verify(draft, source);
    const flexion = draft.sections.flatMap(({ sentences }, section) =>
      sentences.flatMap(({ text }, sentence) =>
        text.includes('left shoulder: flexion 110°') ? [{ section, sentence }] : [],
      ),
    );
    expect(flexion).toHaveLength(1);
    expect(
      traces.filter((each) => each.section === flexion[0]?.section && each.sentence === flexion[0].sentence),
    ).toMatchObject([{ pointers: ['/session/rangeOfMotion/0'] }]);
  });

  test('a source that does not hold what it is said to hold is stopped', () => {
    const draft = draftOf(source, 'daily');
    const wrong = structuredClone(draft);
    const cited = wrong.sections.flatMap(({ sentences }) => sentences).find(({ sources }) => sources.length > 0);
    if (cited?.sources[0] !== undefined) cited.sources[0].pointer = '/session/strength/0/grade';
    expect(verify(wrong, source).findings.map((finding) => finding.class)).toContain('citation');
  });

  test('two sections that contradict each other are both shown', () => {
    const sentence = (text: string) => ({ text, sources: [], gaps: [] });
    const document: NoteDocument = {
      kind: 'letter',
      structure: 'plain',
      title: 'Letter',
      date: session.date,
      author: source.author,
      sections: [
        { id: 'a', heading: 'Findings', sentences: [sentence('Left shoulder abduction strength is 4-/5.')] },
        {
          id: 'b',
          heading: 'Assessment',
          sentences: [sentence('With left shoulder abduction strength of 3/5 she lifts a cup.')],
        },
      ],
    };
    const found = verify(document, source).findings;
    expect(found.find((finding) => finding.class === 'grade')).toMatchObject({ section: 1 });
    expect(found.find((finding) => finding.class === 'contradiction')).toMatchObject({ section: 0 });
  });

  test('another side than in the last session is asked about', () => {
    const other = {
      ...source,
      earlier: [
        {
          ...session,
          ref: 'ses_9',
          pain: [{ when: 'before' as const, score: 4, part: 'shoulder' as const, side: 'right' as const }],
        },
      ],
    };
    const { findings } = verify(draftOf(other, 'daily'), other);
    expect(findings.filter((finding) => finding.class === 'last-note').map(({ severity }) => severity)).toContain(
      'ask',
    );
  });
});

describe('who writes', () => {
  const assistants = {
    ...source,
    session: { ...session, clinicians: [{ ref: 'usr_2', credential: 'PTA' as const }] },
    earlier: [],
  };

  test('an assistant’s text alone is no progress report, whoever is named as its author', () => {
    const byAssistant = { ...assistants, author: { ref: 'usr_2', credential: 'PTA' as const } };
    for (const of of [byAssistant, assistants]) {
      const { findings, maySign } = verify(draftOf(of, 'progress'), of);
      expect(maySign).toBe(false);
      expect(findings.filter((finding) => finding.class === 'author')).toHaveLength(1);
    }
  });

  test('an assistant writes the daily note of her treatment', () => {
    const of = { ...assistants, author: { ref: 'usr_2', credential: 'PTA' as const } };
    expect(verify(draftOf(of, 'daily'), of).findings.filter((finding) => finding.class === 'author')).toEqual([]);
  });
});
