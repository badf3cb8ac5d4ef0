// A file into its messages: one, several after each other, or a batch whose trailers say how many there are.
import type { Problem } from '../csv/problems.ts';

/** The bytes of one message, and the line of the file (from 1) it begins on. */
export interface MessageInFile {
  readonly bytes: Buffer;
  readonly line: number;
}

export interface SplitFile {
  readonly messages: readonly MessageInFile[];
  readonly problems: readonly Problem[];
}

interface Open {
  readonly line: number;
  /** What has come since: messages in a batch, batches in a file. */
  count: number;
}

const envelope = /^(FHS|BHS|MSH|BTS|FTS)(?=[^A-Za-z0-9\s]|$)/;

/** Field 1 of a trailer: a count, null where it tells none. */
function toldCount(line: string): number | null {
  const told = line.slice(4).split(line.charAt(3), 1)[0]?.trim() ?? '';
  return /^\d{1,9}$/.test(told) ? Number(told) : null;
}

class Splitter {
  readonly messages: { lines: string[]; line: number }[] = [];
  readonly problems: Problem[] = [];
  #file: Open | null = null;
  #batch: Open | null = null;
  #inMessage = false;
  /** Lines of no message that follow each other are told once. */
  #strayTold = false;

  tell(row: number, column: string | null, reason: Problem['reason'], rejected = false): void {
    this.problems.push({ row, column, reason, rejected });
  }

  #close(open: Open | null, name: 'BTS' | 'FTS', text: string, line: number): void {
    this.#inMessage = false;
    const told = toldCount(text);
    if (open === null) this.tell(line, name, 'segment missing');
    else if (told !== null && told !== open.count) this.tell(line, `${name}-1`, 'count does not match');
  }

  take(text: string, line: number): void {
    const name = envelope.exec(text)?.[1];
    if (name !== undefined) this.#strayTold = false;
    switch (name) {
      case 'FHS':
        this.#inMessage = false;
        this.#file = { line, count: 0 };
        return;
      case 'BHS':
        this.#inMessage = false;
        if (this.#batch !== null) this.tell(line, 'BTS', 'segment missing');
        if (this.#file !== null) this.#file.count += 1;
        this.#batch = { line, count: 0 };
        return;
      case 'BTS':
        this.#close(this.#batch, 'BTS', text, line);
        this.#batch = null;
        return;
      case 'FTS':
        this.#close(this.#file, 'FTS', text, line);
        this.#file = null;
        return;
      case 'MSH':
        this.#inMessage = true;
        this.messages.push({ lines: [text], line });
        if (this.#batch !== null) this.#batch.count += 1;
        return;
      default:
        this.#other(text, line);
    }
  }

  #other(text: string, line: number): void {
    if (this.#inMessage) this.messages.at(-1)?.lines.push(text);
    else if (text.trim() !== '' && !this.#strayTold) {
      this.#strayTold = true;
      this.tell(line, null, 'not a message', true);
    }
  }

  /** A file that lacks its trailer was cut off: its last message may lack its end as well, and is left out. */
  end(): void {
    const open = this.#batch ?? this.#file;
    if (open === null) return;
    const last = this.#inMessage ? this.messages.pop() : undefined;
    this.tell(last?.line ?? open.line, this.#batch === null ? 'FTS' : 'BTS', 'row cut off', last !== undefined);
  }
}

/** Cuts a file at its messages. The framing bytes of MLLP, which some engines leave in their files, are taken out. */
export function splitFile(bytes: Uint8Array): SplitFile {
  const text = Buffer.from(bytes)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .replaceAll('\v', '')
    .replaceAll('\u001c', '');
  const splitter = new Splitter();
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) splitter.take(line, index + 1);
  splitter.end();
  if (splitter.messages.length === 0 && splitter.problems.length === 0) splitter.tell(0, null, 'not a message', true);
  return {
    messages: splitter.messages.map(({ lines, line }) => ({ bytes: Buffer.from(lines.join('\r'), 'latin1'), line })),
    problems: splitter.problems,
  };
}
