// Lets something else word the sentences of a draft: which leave and how they leave, what comes back, and what of it may stand.
import type { FromSchema } from 'json-schema-to-ts';
import { GaitError } from '../errors.ts';
import { rewordings } from '../note-verifier/rewording.ts';
import type { NoteFinding } from '../note-verifier/finding.ts';
import type { Verify } from '../note-verifier/verify.ts';
import type { Key } from './deidentify.ts';
import { deidentify, reidentify } from './deidentify.ts';
import type { NoteDocument } from './document-schema.ts';
import type { Writers } from './edit.ts';
import { citedBy } from './edit.ts';
import type { NoteSource } from './source-schema.ts';

/** A sentence on its way out: its id says its place in the draft, its text names nobody. */
export interface Leaving {
  readonly id: string;
  readonly heading: string;
  readonly text: string;
}

/** What left, with what brings it back. */
export interface Departure {
  readonly sentences: readonly Leaving[];
  readonly replaced: ReadonlyMap<string, Readonly<Record<string, readonly string[]>>>;
}

/** A model's answer, strictly. */
export const rewrittenSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['sentences'],
  properties: {
    sentences: {
      type: 'array',
      maxItems: 400,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'text'],
        properties: { id: { type: 'string', maxLength: 20 }, text: { type: 'string', minLength: 1, maxLength: 2000 } },
      },
    },
  },
} as const;

export type Rewritten = FromSchema<typeof rewrittenSchema>;

const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
/** What still looks like somebody or some day: a title before a name, a month with a day, a day without a year, a long number, an address. */
const identifying = new RegExp(
  [
    String.raw`\b(?:mr|mrs|ms|dr|miss)\b\.?\s+\w`,
    String.raw`\b(?:${months})\b\.?\s+\d|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:${months})\b`,
    String.raw`\b(?:on|since|until|by|before|after)\s+\d{1,2}\/\d{1,2}\b(?!\/)|\bfrom\s+\d{1,2}\/(?!5\b|10\b)\d{1,2}\b(?!\/)`,
    String.raw`\b\d{1,2}[/-]\d{1,2}[/-]\d{2}\b|\d{6,}|@|www\.|https?:`,
  ].join('|'),
  'i',
);

/** The sentences that may leave: those that are no gap, quote nobody, and name nobody once they are de-identified. */
export function departing(document: NoteDocument, key: Key): Departure {
  const replaced = new Map<string, Readonly<Record<string, readonly string[]>>>();
  const sentences = document.sections.flatMap(({ heading, sentences: own }, section) =>
    own.flatMap((sentence, at): Leaving[] => {
      if (sentence.gaps.length > 0 || /["“”]/.test(sentence.text)) return [];
      const out = deidentify(sentence.text, key);
      if (identifying.test(out.text) || namesSomebody(out.text, key)) return [];
      const id = idOf(section, at);
      replaced.set(id, out.replaced);
      return [{ id, heading, text: out.text }];
    }),
  );
  return { sentences, replaced };
}

function idOf(section: number, sentence: number): string {
  return `${section}.${sentence}`;
}

/** A name may stand inside a word: then the sentence stays. One of three letters or less is looked for as a word alone. */
function namesSomebody(text: string, { identifiers }: Key): boolean {
  const words = text.replace(/\[[^\]]*\]/g, ' ').toLowerCase();
  return Object.values(identifiers)
    .flat()
    .some((name) => name.length > 3 && words.includes(name.toLowerCase()));
}

/**
 * The texts of an answer as they are meant, by sentence id.
 * @throws GaitError `vendor.malformed` for an id that never left or stands twice
 */
export function returning(
  answer: Rewritten,
  { replaced, sentences }: Departure,
  key: Key,
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { id, text } of answer.sentences) {
    const own = replaced.get(id);
    if (own === undefined || texts.has(id))
      throw new GaitError('vendor.malformed', 'The model answered about a sentence it was not given.');
    texts.set(id, reidentify(text.trim(), key, own));
  }
  // A reference that was never given is one the model made up.
  for (const { id, text } of sentences) {
    const told = texts.get(id);
    if (told !== undefined && (/[\r\n\t]/.test(told) || made(told, text))) texts.delete(id);
  }
  return texts;
}

function made(told: string, sent: string): boolean {
  return (told.match(/\[[^\]]*\]/g) ?? []).some((reference) => !sent.includes(reference));
}

export interface Reworded {
  readonly document: NoteDocument;
  readonly writers: Writers;
  /** How many sentences came back in other words, and how many of them stand. */
  readonly offered: number;
  readonly taken: number;
}

/** The draft with those rewritten sentences that claim what it claims; the verifier says nothing of them that it did not say before. */
export function reworded(
  draft: NoteDocument,
  texts: ReadonlyMap<string, string>,
  source: NoteSource,
  verify: Verify,
): Reworded {
  const same = rewordings(
    source,
    draft.sections.flatMap(({ sentences }) => sentences.map(({ text }) => text)),
  );
  const offered = new Map<string, string>();
  const able = new Map<string, string>();
  draft.sections.forEach(({ sentences }, section) => {
    sentences.forEach(({ text }, at) => {
      const id = idOf(section, at);
      const told = texts.get(id);
      if (told === undefined || told === text) return;
      offered.set(id, told);
      if (same(text, told)) able.set(id, told);
    });
  });
  const before = verify(draft, source);
  const known = new Set(before.findings.map(wholeOf));
  // What is refused may have carried what another one told: it is asked again until nothing new is found.
  while (able.size > 0) {
    const document = withTexts(draft, able);
    const { findings, traces } = verify(document, source);
    const fresh = findings.filter((finding) => !known.has(wholeOf(finding)));
    const blamed = new Set(
      findings.flatMap(({ section, sentence }) =>
        section === null || sentence === null || !able.has(idOf(section, sentence)) ? [] : [idOf(section, sentence)],
      ),
    );
    if (fresh.length === 0 && blamed.size === 0)
      return {
        document: citedBy(document, traces, source),
        writers: writersOf(draft, able),
        offered: offered.size,
        taken: able.size,
      };
    // A finding about the document as a whole is nobody's: then nothing stands.
    if (blamed.size === 0) break;
    for (const id of blamed) able.delete(id);
  }
  return { document: draft, writers: writersOf(draft, new Map()), offered: offered.size, taken: 0 };
}

function wholeOf({ class: of, message, section, sentence, from, to }: NoteFinding): string {
  return [of, message, section, sentence, from, to].join('|');
}

function withTexts(draft: NoteDocument, texts: ReadonlyMap<string, string>): NoteDocument {
  return {
    ...draft,
    sections: draft.sections.map((each, section) => ({
      ...each,
      sentences: each.sentences.map((sentence, at) => {
        const text = texts.get(idOf(section, at));
        return text === undefined ? sentence : { text, sources: [], gaps: [] };
      }),
    })),
  };
}

function writersOf(draft: NoteDocument, texts: ReadonlyMap<string, string>): Writers {
  return draft.sections.map(({ sentences }, section) =>
    sentences.map((_, at) => (texts.has(idOf(section, at)) ? 'model' : 'composer')),
  );
}
