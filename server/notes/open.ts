// What stands open in a document: findings, gaps and missing contents, each under a key made of it and of the text it is about.
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { NoteDocument } from '../../domain/note/document-schema.ts';
import { isLeftOut } from '../../domain/note/edit.ts';
import { completeness } from '../../domain/note/requirements.ts';
import type { Missing } from '../../domain/note/requirements.ts';
import { mayStand } from '../../domain/note/signing.ts';
import type { NoteSource } from '../../domain/note/source-schema.ts';
import { Pointers } from '../../domain/note-verifier/citations.ts';
import type { NoteFinding } from '../../domain/note-verifier/finding.ts';
import type { Trace } from '../../domain/note-verifier/verify.ts';
import type { NoteContent, Resolution } from './content.ts';
import type { NoteRules } from './rules.ts';
import type { NoteRow } from './needs.ts';

export interface JudgedFinding extends NoteFinding {
  readonly key: string;
  /** Whether a person may let it stand with a reason. */
  readonly mayStand: boolean;
  readonly resolution: Resolution | null;
}

export interface Gap {
  readonly key: string;
  readonly section: number;
  readonly sentence: number;
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly resolution: Resolution | null;
}

export type JudgedMissing = Missing & { readonly key: string; readonly resolution: Resolution | null };

export interface Judgement {
  readonly findings: readonly JudgedFinding[];
  readonly traces: readonly Trace[];
  readonly gaps: readonly Gap[];
  readonly completeness: { readonly required: number; readonly missing: readonly JudgedMissing[] };
  /** Those whose finding or text is no longer there. */
  readonly void: readonly Resolution[];
  readonly open: OpenCounts;
}

export interface OpenCounts {
  readonly block: number;
  readonly ask: number;
  readonly gaps: number;
  readonly missing: number;
}

/** Holds a document against its record and its rules, with what people have resolved. */
export function judge(
  { verify, requirements, signing }: Pick<NoteRules, 'verify' | 'requirements' | 'signing'>,
  { document, source, resolutions }: Pick<NoteContent, 'document' | 'source' | 'resolutions'>,
): Judgement {
  const known = new Map(resolutions.map((resolution) => [resolution.key, resolution]));
  const keys = new Keys();
  const resolved = (key: string): Resolution | null => known.get(key) ?? null;
  const { findings, traces } = verify(document, source);
  const judged = findings.map((finding): JudgedFinding => {
    const { section: _section, sentence: _sentence, ...what } = finding;
    const key = keys.of([what, values(source, finding.pointers), ...place(document, finding)]);
    return {
      ...finding,
      key,
      mayStand: mayStand(signing, finding.class, document.date),
      resolution: resolved(key),
    };
  });
  const gaps = gapsOf(document).map((gap): Gap => {
    const key = keys.of(['gap', gap.text, ...place(document, gap)]);
    return { ...gap, key, resolution: resolved(key) };
  });
  const { required, missing } = completeness(requirements, document, source);
  const lacking = missing.map((each) => {
    const key = keys.of(['missing', each.rule, each.where]);
    return { ...each, key, resolution: resolved(key) };
  });
  const count = (list: readonly { readonly resolution: Resolution | null }[]): number =>
    list.filter(({ resolution }) => resolution === null).length;
  return {
    findings: judged,
    traces,
    gaps,
    completeness: { required, missing: lacking },
    void: resolutions.filter(({ key }) => !keys.has(key)),
    open: {
      block: count(judged.filter(({ severity }) => severity === 'block')),
      ask: count(judged.filter(({ severity }) => severity === 'ask')),
      gaps: count(gaps),
      missing: count(lacking),
    },
  };
}

/** Whether nothing but the person is between the document and a signature. */
export function isClear({ block, gaps, missing }: OpenCounts): boolean {
  return block + gaps + missing === 0;
}

export function openOf(row: NoteRow): OpenCounts {
  return { block: row.open_block, ask: row.open_ask, gaps: row.open_gaps, missing: row.open_missing };
}

export function openColumns({ block, ask, gaps, missing }: OpenCounts) {
  return { open_block: block, open_ask: ask, open_gaps: gaps, open_missing: missing };
}

/** The same finding in two sentences of the same words is told apart by its turn. */
class Keys {
  readonly #turns = new Map<string, number>();
  readonly #keys = new Set<string>();

  of(what: readonly unknown[]): string {
    const same = canonicalJson(what);
    const turn = this.#turns.get(same) ?? 0;
    this.#turns.set(same, turn + 1);
    const key = createHash('sha256').update(`${same} ${turn}`).digest('hex').slice(0, 32);
    this.#keys.add(key);
    return key;
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }
}

/** What the record holds at these places: another value is another matter. */
function values(source: NoteSource, pointers: readonly string[]): readonly unknown[] {
  const places = new Pointers(source);
  return pointers.map((pointer) => places.valueAt(pointer) ?? null);
}

/** The section's id and the sentence's words; of the document as a whole there are none. */
function place(
  { sections }: NoteDocument,
  { section, sentence }: { readonly section: number | null; readonly sentence: number | null },
): readonly (string | null)[] {
  if (section === null) return [null];
  const of = sections[section];
  return [of?.id ?? null, sentence === null ? null : (of?.sentences[sentence]?.text ?? null)];
}

function gapsOf({ sections }: NoteDocument) {
  return sections.flatMap(({ sentences }, section) =>
    sentences.flatMap(({ text, gaps }, sentence) =>
      gaps
        .map(({ from, to }) => ({ section, sentence, from, to, text: text.slice(from, to) }))
        .filter((gap) => !isLeftOut(gap.text)),
    ),
  );
}
