// The records of comma-separated text, as it streams in: a record whose quotes do not match costs its own line and no other.

export type Unreadable = 'quotes do not match' | 'row too long';

/** Takes records one by one in their order, and is told of lines that belong to none. False: the rest need not be read. */
export interface RecordSink {
  record(cells: readonly string[]): boolean;
  unreadable(reason: Unreadable): boolean;
}

/** An unclosed quote would otherwise swallow the file into one record; in characters. */
export const longestRecord = 200_000;

type LineBreak = '\n' | '\r';

/** Lines end in LF, with or without CR before it; those of a text without any LF in CR. Null: more of it has to be seen. */
function lineBreakOf(text: string, isEnough: boolean): LineBreak | null {
  if (text.includes('\n')) return '\n';
  if (!isEnough) return null;
  return text.includes('\r') ? '\r' : '\n';
}

interface Cell {
  readonly text: string;
  /** Where it ends: at a comma, a line break or the end of the text. */
  readonly end: number;
}

/** A quoted cell whose opening quote is before `from`. */
function quotedCell(
  text: string,
  from: number,
  lineBreak: LineBreak,
  isLast: boolean,
): Cell | 'unmatched' | 'unfinished' {
  let at = text.indexOf('"', from);
  let hasPairs = false;
  while (at !== -1 && text[at + 1] === '"') {
    hasPairs = true;
    at = text.indexOf('"', at + 2);
  }
  if (at === -1) return 'unfinished';
  const end = at + 1;
  // What follows the quote tells whether it closes the cell, and may still be on its way.
  const following = text.slice(end, end + 2);
  if (!isLast && (following === '' || following === '\r')) return 'unfinished';
  const closes = following === '' || following === '\r' || /^(?:,|\r\n)/.test(following) || following[0] === lineBreak;
  if (!closes) return 'unmatched';
  const inside = text.slice(from, at);
  return { text: hasPairs ? inside.replaceAll('""', '"') : inside, end };
}

interface Found {
  readonly cells: readonly string[];
  /** After the line break. */
  readonly end: number;
}

/** The record that begins at `start`, whose first line holds a quote. */
function recordAt(
  text: string,
  start: number,
  lineBreak: LineBreak,
  isLast: boolean,
): Found | 'unmatched' | 'unfinished' {
  const cells: string[] = [];
  let lineEnd = -1;
  let at = start;
  for (;;) {
    if (text[at] === '"') {
      const cell = quotedCell(text, at + 1, lineBreak, isLast);
      if (typeof cell === 'string') return cell;
      cells.push(cell.text);
      at = cell.end;
    } else {
      if (lineEnd < at) lineEnd = text.indexOf(lineBreak, at);
      if (lineEnd === -1 && !isLast) return 'unfinished';
      if (lineEnd === -1) lineEnd = text.length;
      const comma = text.indexOf(',', at);
      const end = comma === -1 || comma > lineEnd ? lineEnd : comma;
      const cell = text.slice(at, end);
      if (cell.includes('"')) return 'unmatched';
      cells.push(end === lineEnd && cell.endsWith('\r') ? cell.slice(0, -1) : cell);
      at = end;
    }
    if (text[at] !== ',') return { cells, end: at + (text[at] === '\r' && lineBreak === '\n' ? 2 : 1) };
    at += 1;
  }
}

/**
 * Cuts text into records. csv-parse 7 would do it too, but it loses the rest of its chunk after a record that is too long and what an
 * unclosed quote has swallowed; here reading resumes at the line after the one that could not be read.
 */
class RecordReader {
  #text = '';
  #at = 0;
  #lineBreak: LineBreak | null = null;
  #isSkipping = false;
  readonly #sink: RecordSink;

  constructor(sink: RecordSink) {
    this.#sink = sink;
  }

  /** False: the sink needs no more. */
  take(piece: string, isLast: boolean): boolean {
    this.#text = this.#text.slice(this.#at) + piece;
    this.#at = 0;
    this.#lineBreak ??= lineBreakOf(this.#text, isLast || this.#text.length > longestRecord);
    if (this.#lineBreak === null) return true;
    for (;;) {
      if (this.#at >= this.#text.length) return true;
      const next = this.#next(this.#lineBreak, isLast);
      if (next !== 'go on') return next === 'wait';
    }
  }

  /** One record, or the line of one that cannot be read. */
  #next(lineBreak: LineBreak, isLast: boolean): 'go on' | 'wait' | 'stop' {
    const text = this.#text;
    const start = this.#at;
    const found = text.indexOf(lineBreak, start);
    if (this.#isSkipping) {
      this.#isSkipping = found === -1;
      this.#at = found === -1 ? text.length : found + 1;
      return 'go on';
    }
    const length = text.length - start;
    if (found === -1 && !isLast) {
      if (length <= longestRecord) return 'wait';
      this.#isSkipping = true;
      return this.#giveUp('row too long', text.length);
    }
    const lineEnd = found === -1 ? text.length : found;
    const line = text.slice(
      start,
      lineBreak === '\n' && text[lineEnd - 1] === '\r' && lineEnd > start ? lineEnd - 1 : lineEnd,
    );
    if (!line.includes('"')) return this.#give({ cells: line.split(','), end: lineEnd + 1 });
    const record = recordAt(text, start, lineBreak, isLast);
    if (record === 'unfinished' && !isLast && length <= longestRecord) return 'wait';
    return typeof record === 'string' ? this.#giveUp('quotes do not match', lineEnd + 1) : this.#give(record);
  }

  #give({ cells, end }: Found): 'go on' | 'stop' {
    if (end - this.#at > longestRecord) return this.#giveUp('row too long', end);
    this.#at = end;
    return this.#sink.record(cells) ? 'go on' : 'stop';
  }

  #giveUp(reason: Unreadable, end: number): 'go on' | 'stop' {
    this.#at = end;
    return this.#sink.unreadable(reason) ? 'go on' : 'stop';
  }
}

/** Reads text to its end, or until the sink needs no more. */
export async function eachRecord(text: AsyncIterable<string>, sink: RecordSink): Promise<void> {
  const reader = new RecordReader(sink);
  let isFirst = true;
  for await (const piece of text) {
    if (piece === '') continue;
    const marked = isFirst && piece.startsWith('\ufeff');
    isFirst = false;
    if (!reader.take(marked ? piece.slice(1) : piece, false)) return;
  }
  reader.take('', true);
}
