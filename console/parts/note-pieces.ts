// Cuts a sentence into the pieces a page shows: plain words, values with their places in the record, gaps and findings.
import type { Sentence } from '../../domain/note/document-schema.ts';
import type { Trace } from '../../domain/note-verifier/verify.ts';
import type { ShownGap, ShownNoteFinding } from '../notes.ts';

export interface Piece {
  readonly text: string;
  /** Places of the record behind it; none: plain words. */
  readonly pointers: readonly string[];
  /** Key of the gap it is. */
  readonly gap: string | null;
  /** Keys of the findings about it. */
  readonly findings: readonly string[];
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The pieces of a sentence in order; joined they are its text.
 * A value that the sentence cites and the verifier traced is one piece with the places of both.
 */
export function piecesOf(
  { text, sources }: Sentence,
  of: {
    readonly traces: readonly Trace[];
    readonly gaps: readonly ShownGap[];
    readonly findings: readonly ShownNoteFinding[];
  },
): readonly Piece[] {
  const found = of.findings.filter(({ from, to, resolution }) => to > from && resolution === null);
  const spans: readonly Span[] = [...sources, ...of.traces, ...of.gaps, ...found];
  const cuts = [...new Set([0, text.length, ...spans.flatMap(({ from, to }) => [from, to])])]
    .filter((at) => at >= 0 && at <= text.length)
    .sort((one, other) => one - other);
  const pieces = cuts.slice(0, -1).map((from, at): Piece => {
    const here = { from, to: cuts[at + 1] ?? text.length };
    return {
      text: text.slice(here.from, here.to),
      pointers: [
        ...new Set([
          ...sources.filter((span) => covers(span, here)).map(({ pointer }) => pointer),
          ...of.traces.filter((span) => covers(span, here)).flatMap(({ pointers }) => pointers),
        ]),
      ],
      gap: of.gaps.find((span) => covers(span, here))?.key ?? null,
      findings: found.filter((span) => covers(span, here)).map(({ key }) => key),
    };
  });
  return pieces.reduce<readonly Piece[]>((joined, piece) => {
    const last = joined.at(-1);
    if (last === undefined || !belongs(last, piece)) return [...joined, piece];
    const pointers = [...new Set([...last.pointers, ...piece.pointers])];
    return [...joined.slice(0, -1), { ...last, pointers, text: last.text + piece.text }];
  }, []);
}

function covers(span: Span, here: Span): boolean {
  return span.from <= here.from && here.to <= span.to;
}

/** A number and its unit are one value: they share a place. */
function belongs(one: Piece, other: Piece): boolean {
  return (
    one.gap === other.gap &&
    one.findings.join(' ') === other.findings.join(' ') &&
    (one.pointers.length === 0) === (other.pointers.length === 0) &&
    (one.pointers.length === 0 || one.pointers.some((pointer) => other.pointers.includes(pointer)))
  );
}
