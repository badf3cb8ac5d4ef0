// The corpus: 300 made-up sessions over ten conditions, every draft of them verified clean and every lie about them caught.
import { describe, expect, test } from 'vitest';
import { verificationRules } from '../../rules/testing/documentation.ts';
import { verifier } from '../note-verifier/verify.ts';
import type { NoteDocument } from './document-schema.ts';
import { documentKinds } from './source-schema.ts';
import type { NoteSource } from './source-schema.ts';
import { conditions } from './testing/conditions.ts';
import { brief, draftOf, narrative } from './testing/drafts.ts';
import { heldOutNotes } from './testing/held-out.ts';
import { lies } from './testing/mutate.ts';
import { chance, drawSources } from './testing/sessions.ts';

const verify = verifier(verificationRules);
const sources = drawSources(7, 5, 6);

function blocks(document: NoteDocument, source: NoteSource): string[] {
  return verify(document, source).findings.flatMap((finding) =>
    finding.severity === 'block' ? [`${finding.class}: ${finding.message}`] : [],
  );
}

test('there are 300 sessions over ten conditions', () => {
  expect(conditions).toHaveLength(10);
  expect(sources).toHaveLength(300);
});

test.each([
  ['narrative', narrative],
  ['brief', brief],
] as const)('no draft in the %s style is stopped', (_style, phrases) => {
  const stopped = sources.flatMap((source, at) =>
    documentKinds
      .filter((_, index) => (at + index) % 3 === 0)
      .flatMap((kind) => blocks(draftOf(source, kind, 'plain', phrases), source)),
  );
  expect(stopped).toEqual([]);
});

const styles = [
  ['narrative', narrative],
  ['brief', brief],
] as const;

/** One draft of each session, the kinds in turn. */
const drafts = styles.map(([style, phrases]) => ({
  style,
  documents: sources.map((source, at) => ({
    source,
    document: draftOf(source, documentKinds[at % documentKinds.length] ?? 'daily', 'webpt', phrases),
  })),
}));

describe.each(drafts)('lies about drafts in the $style style', ({ documents }) => {
  const random = chance(11);
  test.each(Object.entries(lies))('%s: at least 99 of 100 are caught', (name, lie) => {
    let told = 0;
    let caught = 0;
    for (const { document, source } of documents) {
      const lied = lie(document, source, random);
      if (lied === null) continue;
      told++;
      if (blocks(lied, source).length > 0) caught++;
    }
    expect(told, name).toBeGreaterThan(30);
    expect(caught / told, name).toBeGreaterThanOrEqual(0.99);
  });
});

/** A hand-written note as a document in which nothing is cited. */
function written(sentences: readonly string[], { session, author }: NoteSource): NoteDocument {
  const text = sentences.map((each) => ({ text: each, sources: [], gaps: [] }));
  return {
    kind: 'daily',
    structure: 'plain',
    title: 'Daily Note',
    date: session.date,
    author,
    sections: [{ id: 'note', heading: 'Note', sentences: text }],
  };
}

/** What blocks it besides findings that a short note leaves out. */
function unsupported(sentences: readonly string[], source: NoteSource): string[] {
  return verify(written(sentences, source), source).findings.flatMap((finding) =>
    finding.severity === 'block' && finding.class !== 'dropped' ? [`${finding.class}: ${finding.message}`] : [],
  );
}

describe('held out: notes in free phrasing that the composer did not write', () => {
  test.each(heldOutNotes.map(({ source, sentences }) => [sentences[0] ?? '', sentences, source] as const))(
    'passes: %s',
    (_first, sentences, source) => {
      expect(unsupported(sentences, source)).toEqual([]);
    },
  );

  const free = heldOutNotes.flatMap(({ source, sentences }) => sentences.map((sentence) => ({ source, sentence })));
  const changes: readonly (readonly [string, RegExp, (found: string) => string])[] = [
    ['number', /(?<![\d/.A-Z+-])\d{1,3}(?![\d/.+-]|\/5)(?!\d*\/\d+\/)/g, (found) => String(Number(found) + 7)],
    ['side', /\b(left|right)\b/gi, (found) => (found.toLowerCase() === 'left' ? 'right' : 'left')],
    ['grade', /\b[0-5][+-]?(?=\/5\b)/g, (found) => (found === '2' ? '3-' : '2')],
    ['negation', /\b(denies|no|positive|negative)\b/gi, (found) => opposite[found.toLowerCase()] ?? found],
  ];
  test.each(changes)('%s: every change is caught', (_name, pattern, by) => {
    const missed = free.flatMap(({ source, sentence }) =>
      [...sentence.matchAll(pattern)].flatMap((match) => {
        const text = sentence.slice(0, match.index) + by(match[0]) + sentence.slice(match.index + match[0].length);
        return unsupported([text], source).length > 0 ? [] : [text];
      }),
    );
    expect(missed).toEqual([]);
  });
});

const opposite: Readonly<Record<string, string>> = {
  denies: 'reports',
  no: 'some',
  positive: 'negative',
  negative: 'positive',
};
