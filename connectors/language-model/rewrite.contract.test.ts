// A language model that lies on purpose, over real HTTP: no lie reaches a note, whatever fails leaves the composer's, nobody is named.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deidentify } from '../../domain/note/deidentify.ts';
import type { NoteDocument } from '../../domain/note/document-schema.ts';
import { departing, returning, reworded } from '../../domain/note/rewrite.ts';
import type { Rewritten } from '../../domain/note/rewrite.ts';
import { documentKinds } from '../../domain/note/source-schema.ts';
import type { NoteSource } from '../../domain/note/source-schema.ts';
import { draftOf } from '../../domain/note/testing/drafts.ts';
import { drawSources } from '../../domain/note/testing/sessions.ts';
import { verifier } from '../../domain/note-verifier/verify.ts';
import { verificationRules } from '../../rules/testing/documentation.ts';
import { lied, lies } from '../../sandbox/language-model/lies.ts';
import { startLanguageModel } from '../../sandbox/language-model/server.ts';
import type { LanguageModelSandbox } from '../../sandbox/language-model/server.ts';
import type { ConnectorContext } from '../connector.ts';
import { availityContext } from '../testing/context.ts';
import { languageModelOperations } from './operations.ts';

const rewrite = languageModelOperations['languageModel.sentences.rewrite'];
const transcribe = languageModelOperations['languageModel.speech.transcribe'];
const verify = verifier(verificationRules);
const key = {
  identifiers: {
    '[patient]': ['Zanzibar Quillfeather', 'Quillfeather', 'Zanzibar'],
    '[clinician]': ['Oberon Whitlock'],
  },
  shiftDays: 213,
};

let model: LanguageModelSandbox;
beforeAll(async () => {
  model = await startLanguageModel();
});
afterAll(() => model.stop());

const context = (changes: object = {}): ConnectorContext => ({
  ...availityContext({ url: model.baseUrl }),
  config: {
    place: 'selfHosted',
    baseUrl: model.baseUrl,
    model: 'words',
    transcriptionModel: 'ears',
    requestTimeoutSeconds: 2,
    ...changes,
  },
  secrets: {},
});

/** 105 notes, fifteen of each kind, with canaries in what people wrote. */
const notes = drawSources(20260504, 3, 4)
  .slice(0, 105)
  .map((source, at) => {
    const told: NoteSource = {
      ...source,
      episode: { ...source.episode, history: `${source.episode.history ?? ''} Zanzibar was seen by Oberon Whitlock.` },
    };
    return { source: told, draft: draftOf(told, documentKinds[at % documentKinds.length] ?? 'daily') };
  });

interface Through {
  readonly sent: number;
  readonly offered: number;
  readonly taken: number;
  readonly document: NoteDocument;
}

async function through(draft: NoteDocument, source: NoteSource): Promise<Through> {
  const departure = departing(draft, key);
  const question = JSON.stringify({ sentences: departure.sentences });
  const outcome = await rewrite.run(context(), { instruction: 'Word it anew.', question });
  if (outcome.kind !== 'done') throw new Error(outcome.code);
  const answer = JSON.parse(outcome.result.text) as Rewritten;
  const { document, offered, taken } = reworded(draft, returning(answer, departure, key), source, verify);
  return { sent: departure.sentences.length, offered, taken, document };
}

function textsOf({ sections }: NoteDocument): string[] {
  return sections.flatMap(({ sentences }) => sentences.map(({ text }) => text));
}

describe('105 notes', () => {
  test('an honest model’s words are taken, and every note still verifies', async () => {
    model.behave('honest');
    let [sent, taken] = [0, 0];
    for (const { draft, source } of notes) {
      const result = await through(draft, source);
      expect(verify(result.document, source).maySign).toBe(verify(draft, source).maySign);
      sent += result.sent;
      taken += result.taken;
    }
    expect(taken).toBeGreaterThan(notes.length);
    expect(taken / sent).toBeGreaterThan(0.3);
  });

  test.each(lies)('a model that lies by %s: none of its lies stands in a note', async (lie) => {
    model.behave(lie);
    let offered = 0;
    for (const { draft, source } of notes) {
      const result = await through(draft, source);
      offered += result.offered;
      // What was composed stands, word for word: of a lie nothing is left.
      const composed = new Set(textsOf(draft));
      const foreign = textsOf(result.document).filter((text) => !composed.has(text));
      expect(foreign).toEqual([]);
    }
    expect(offered).toBeGreaterThan(notes.length / 4);
  });

  test('nothing that identifies anybody stands in what the model was sent', () => {
    const log = model.log.join('\n');
    expect(log.length).toBeGreaterThan(100_000);
    expect(log).not.toMatch(/zanzibar|quillfeather|whitlock|oberon/i);
    const dates = notes.flatMap(({ source }) => [
      source.session.date,
      source.episode.startOfCare ?? source.session.date,
    ]);
    const us = (date: string): string => `${date.slice(5, 7)}/${date.slice(8, 10)}/${date.slice(0, 4)}`;
    const moved = new Set(dates.map((date) => deidentify(us(date), key).text));
    for (const date of dates) if (!moved.has(us(date))) expect(log.includes(us(date))).toBe(false);
  });
});

describe('a model that fails', () => {
  const ask = (changes: object = {}) =>
    rewrite.run(context(changes), { instruction: 'x', question: '{"sentences":[]}' });

  test.each([
    ['fail', 'vendor.unavailable'],
    ['refuse', 'connection.credentials'],
    ['junk', 'vendor.malformed'],
  ] as const)('%s is told as %s', async (manner, code) => {
    model.behave(manner);
    expect(await ask()).toMatchObject({ code });
  });

  test('one that never answers is left after the time the settings give it', async () => {
    model.behave('hang');
    const began = performance.now();
    expect((await ask({ requestTimeoutSeconds: 0.3 })).kind).not.toBe('done');
    expect(performance.now() - began).toBeLessThan(3000);
  });

  test('it is never followed elsewhere', async () => {
    model.behave('redirect');
    expect((await ask()).kind).not.toBe('done');
  });

  test('an answer about a sentence it was not given counts for nothing', async () => {
    model.behave('unknownIds');
    const [note] = notes;
    if (note === undefined) throw new Error('No note was drawn');
    await expect(through(note.draft, note.source)).rejects.toThrow('not given');
  });
});

test.each([
  ['a public address that calls itself self-hosted', { place: 'selfHosted', baseUrl: 'http://203.0.113.7/v1' }],
  ['a name that may lead anywhere', { place: 'selfHosted', baseUrl: 'http://models.example.org/v1' }],
  ['the metadata service of a cloud', { place: 'selfHosted', baseUrl: 'http://169.254.169.254/v1' }],
  ['a vendor without encryption', { place: 'agreement', baseUrl: 'http://models.example.org/v1' }],
  ['a vendor by a number of the own network', { place: 'agreement', baseUrl: 'https://10.0.0.4/v1' }],
])('%s is refused before anything is sent', async (_, settings) => {
  const before = model.log.length;
  await expect(rewrite.run(context(settings), { instruction: 'x', question: '{}' })).rejects.toThrow(/address|model/);
  expect(model.log.length).toBe(before);
});

test('a connection test tells whether the models it names are offered', async () => {
  const outcome = await languageModelOperations['languageModel.connection.test'].run(context({ model: 'other' }), {});
  expect(outcome).toMatchObject({
    kind: 'done',
    result: { facts: [{ value: 'not in the list of models' }, { value: 'offered' }] },
  });
});

test('speech is sent once and comes back as text; an empty lie is none', async () => {
  model.behave('honest');
  model.hear(' Terminal knee extension three sets of ten. ');
  const recording = { audio: new Uint8Array([82, 73, 70, 70]), mediaType: 'audio/wav', hint: 'knee' };
  expect(await transcribe.run(context(), recording)).toEqual({
    kind: 'done',
    result: { text: 'Terminal knee extension three sets of ten.' },
  });
  expect(model.log.at(-1)).toContain('dictation.wav');
  expect(lied('Nothing to lie about.', 'number')).toBe('Nothing to lie about.');
});
