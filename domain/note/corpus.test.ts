// The corpus: 300 made-up sessions over ten conditions, every draft of them verified clean and every lie about them caught.
import { describe, expect, test } from 'vitest';
import { verificationRules } from '../../rules/testing/documentation.ts';
import { verifier } from '../note-verifier/verify.ts';
import type { NoteDocument } from './document-schema.ts';
import { documentKinds } from './source-schema.ts';
import type { NoteSource } from './source-schema.ts';
import { conditions } from './testing/conditions.ts';
import { brief, draftOf, narrative } from './testing/drafts.ts';
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
  const stopped = documentKinds.flatMap((kind) =>
    sources.flatMap((source) => blocks(draftOf(source, kind, 'plain', phrases), source)),
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
