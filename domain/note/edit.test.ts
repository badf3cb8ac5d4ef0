// A person's sentences in a draft: what is kept, what is new, where its values come from, how far it is from the draft.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { phraseRows, structureRows, verificationRules } from '../../rules/testing/documentation.ts';
import { verifier } from '../note-verifier/verify.ts';
import { editFigures, wordDistance } from './edit-distance.ts';
import { citedBy, gapsIn, withTexts } from './edit.ts';
import type { Edited } from './edit.ts';
import { assertDocumentationSettings } from './settings.ts';
import { sourceWords } from './source-words.ts';
import { draftOf } from './testing/drafts.ts';
import { drawSources } from './testing/sessions.ts';

const source = drawSources(5, 1, 4).at(-1);
if (source === undefined) throw new Error('No source was drawn');
const document = draftOf(source, 'daily');
const writers = document.sections.map(({ sentences }) => sentences.map(() => 'composer' as const));
const draft: Edited = { document, writers };
const texts = document.sections.map(({ id, sentences }) => ({ id, texts: sentences.map(({ text }) => text) }));

describe('an edit', () => {
  test('that changes nothing leaves the document as it was', () => {
    expect(withTexts(draft, texts)).toEqual(draft);
  });

  test('makes a changed sentence the person’s own, takes an empty one out, and keeps the others with their sources', () => {
    const [first] = texts;
    const changed = texts.map((section) =>
      section === first ? { ...section, texts: [...section.texts.slice(1), 'She came alone.', ' '] } : section,
    );
    const edited = withTexts(draft, changed);
    expect(edited.document.sections[0]?.sentences.map(({ text }) => text)).toEqual([
      ...(first?.texts.slice(1) ?? []),
      'She came alone.',
    ]);
    expect(edited.writers[0]?.at(-1)).toBe('person');
    expect(edited.document.sections.slice(1)).toEqual(document.sections.slice(1));
  });

  test('with other sections is refused', () => {
    expect(() => withTexts(draft, texts.slice(1))).toThrow('not those of the document');
    expect(() => withTexts(draft, texts.toReversed())).toThrow('not those of the document');
  });

  test('that says the same in the same words is traced to the same places by reading alone', () => {
    const bare = {
      ...document,
      sections: document.sections.map((section) => ({
        ...section,
        sentences: section.sentences.map((sentence) => ({ ...sentence, sources: [] })),
      })),
    };
    const cited = citedBy(bare, verifier(verificationRules)(bare, source).traces, source);
    const numbers = (of: typeof document) =>
      new Set(
        of.sections.flatMap(({ sentences }) =>
          sentences.flatMap(({ sources }) =>
            sources
              .filter(({ value, pointer }) => typeof value === 'number' && pointer.includes('/degrees'))
              .map(({ pointer }) => pointer),
          ),
        ),
      );
    expect(numbers(document).size).toBeGreaterThan(0);
    for (const pointer of numbers(document)) expect([...numbers(cited)]).toContain(pointer);
  });
});

test('gaps are found where the composer writes them, and nowhere else', () => {
  const text = 'Pain was [not recorded: pain score]/10; [sic] grade 4/5 [to confirm: grade].';
  expect(gapsIn(text).map(({ from, to }) => text.slice(from, to))).toEqual([
    '[not recorded: pain score]',
    '[to confirm: grade]',
  ]);
});

describe('the distance to the draft', () => {
  test('is counted in words, by section', () => {
    const of = (text: string) => ({ sections: [{ id: 'plan', sentences: [{ text }] }] });
    expect(editFigures(of('Add step downs next time.'), of('Add low step downs next week.'))).toEqual([
      { section: 'plan', draftedWords: 5, signedWords: 6, changedWords: 2 },
    ]);
  });

  test('is a distance: none to itself, the same both ways, never longer than a way around', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 });
    fc.assert(
      fc.property(words, words, words, (one, two, three) => {
        expect(wordDistance(one, one)).toBe(0);
        expect(wordDistance(one, two)).toBe(wordDistance(two, one));
        expect(wordDistance(one, three)).toBeLessThanOrEqual(wordDistance(one, two) + wordDistance(two, three));
      }),
    );
  });
});

test('a place of the record is told in words; one that is not there says so', () => {
  const at = source.session.rangeOfMotion[0];
  if (at === undefined) throw new Error('The drawn session has no range of motion.');
  const { words, session } = sourceWords(source, '/session/rangeOfMotion/0/degrees');
  expect(words).toContain(`degrees ${at.degrees ?? 'not recorded'}`);
  expect(words).toContain(`part ${at.part}`);
  expect(session).toBe(source.session.ref);
  expect(sourceWords(source, '/earlier/0/pain').words).toMatch(/^Recorded in an earlier session/);
  expect(sourceWords({ ...source, episode: { ...source.episode, onset: null } }, '/episode/onset').words).toBe(
    'Episode of care: onset: not recorded.',
  );
});

test('a clinic’s settings are refused where no document could be composed with them', () => {
  const shipped = { phrases: phraseRows, structures: structureRows };
  expect(() => assertDocumentationSettings({ structure: 'plain' }, shipped)).not.toThrow();
  expect(() => assertDocumentationSettings({ payers: [{ payer: 'x', structure: 'none' }] }, shipped)).toThrow(
    'no structure',
  );
  const [plain] = structureRows.filter(({ id }) => id === 'plain');
  if (plain === undefined) throw new Error('No plain structure ships.');
  const own = { ...plain, id: 'ours' };
  expect(() => assertDocumentationSettings({ structure: 'ours', structures: [own] }, shipped)).not.toThrow();
  const halves = { ...own, documents: own.documents.slice(1) };
  expect(() => assertDocumentationSettings({ structures: [halves] }, shipped)).toThrow('lacks documents');
  const twice = own.documents.map((one) => ({ ...one, sections: [...one.sections, ...one.sections] }));
  expect(() => assertDocumentationSettings({ structures: [{ ...own, documents: twice }] }, shipped)).toThrow(
    'stands twice',
  );
  expect(() => assertDocumentationSettings({ style: 'verse' }, shipped)).toThrow('No phrase has this style');
  expect(() => assertDocumentationSettings({ style: 'brief' }, shipped)).not.toThrow();
  expect(() => assertDocumentationSettings({ phrases: [{ id: 'none', text: 'x' }] }, shipped)).toThrow(
    'No document asks',
  );
  expect(() => assertDocumentationSettings({ phrases: [{ id: 'visit', text: '{date} {oops|gap}' }] }, shipped)).toThrow(
    'never given',
  );
});
