// Which bytes separate elements, components, repetitions and segments: every interchange declares its own in its ISA segment.

/** Bytes, not characters. */
export interface Delimiters {
  readonly element: number;
  /** Null where the ISA does not tell. */
  readonly component: number | null;
  /** Null in versions that have none, and where the ISA names none. */
  readonly repetition: number | null;
  readonly segment: number;
}

/** An ISA segment in a window of bytes that starts with it. */
export interface Header {
  readonly delimiters: Delimiters;
  /** The first byte after ISA16. */
  readonly end: number;
  /** Blanks between ISA16 and the segment terminator. */
  readonly padding: number;
  /** The first byte after the segment terminator. */
  readonly next: number;
}

/** How far a header is looked for: an ISA segment has 106 bytes, the GS segment after it at most 102. */
export const headerWindow = 512;

/** Widths of ISA01 to ISA16: the only segment of fixed length (X12.5 Interchange Control Structures, ISA). */
export const isaWidths = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1] as const;

const lineFeed = 10;
const carriageReturn = 13;
const blank = 32;
/** Segments that may follow where delimiters are looked for without an ISA that can be read. */
const followers = ['GS', 'TA1', 'IEA', 'ST', 'GE', 'SE', 'BHT', 'BPR', 'BGN', 'AK1'];

/** Whether a byte may separate anything: no letter, digit or blank (X12.5: delimiters do not occur in data). */
function mayDelimit(byte: number | undefined): byte is number {
  if (byte === undefined || byte === blank) return false;
  const letter = byte & 0xdf;
  return !(byte >= 48 && byte <= 57) && !(letter >= 65 && letter <= 90);
}

function isNewline(byte: number | undefined): boolean {
  return byte === lineFeed || byte === carriageReturn;
}

function isWhitespace(byte: number | undefined): boolean {
  return byte === blank || byte === 9 || isNewline(byte);
}

/** Whether `id` stands at `at`, followed by a byte that may separate elements, or by `element`. */
function startsWith(bytes: Uint8Array, at: number, id: string, element?: number): boolean {
  for (let index = 0; index < id.length; index++) if (bytes[at + index] !== id.charCodeAt(index)) return false;
  const after = bytes[at + id.length];
  return element === undefined ? mayDelimit(after) && !isNewline(after) : after === element;
}

/** Whether an ISA segment may begin here: the three letters and no further letter, so that ISAAC is a name. */
export function startsIsa(bytes: Uint8Array, at: number): boolean {
  return startsWith(bytes, at, 'ISA');
}

/** Whether an ISA segment stands here with every element as wide as it must be, so that it cannot be anything else. */
export function isExactIsa(bytes: Uint8Array, at: number): boolean {
  if (!startsIsa(bytes, at)) return false;
  const element = bytes[at + 3];
  let position = at + 3;
  for (const width of isaWidths) {
    if (bytes[position] !== element) return false;
    position += width + 1;
  }
  return mayDelimit(bytes[position - 1]);
}

/**
 * Reads the delimiters from the ISA segment at the start of `bytes`: by its sixteen elements and not by position, because
 * senders leave out the padding of ISA06 and ISA08. Null where no delimiters can be told.
 */
export function readHeader(bytes: Uint8Array): Header | null {
  const element = bytes[3];
  if (element === undefined) return null;
  const separators: number[] = [];
  for (let at = 3; at < bytes.length && separators.length < 16; at++) if (bytes[at] === element) separators.push(at);
  const repetition = repetitionOf(bytes, separators);
  const last = separators[15];
  if (last !== undefined) {
    const component = bytes[last + 1];
    let terminatorAt = last + 2;
    while (bytes[terminatorAt] === blank) terminatorAt++;
    const crlf = bytes[terminatorAt] === carriageReturn && bytes[terminatorAt + 1] === lineFeed;
    const segment = crlf ? lineFeed : bytes[terminatorAt];
    const next = terminatorAt + (crlf ? 2 : 1);
    if (
      mayDelimit(component) &&
      !isNewline(component) &&
      mayDelimit(segment) &&
      component !== element &&
      segment !== element &&
      !(isNewline(segment) && lineEndsWith(bytes, next, component))
    )
      return {
        delimiters: { element, component, repetition, segment },
        end: last + 2,
        padding: terminatorAt - last - 2,
        next,
      };
  }
  const inferred = inferDelimiters(bytes, element);
  return inferred === null ? null : { ...inferred, delimiters: { ...inferred.delimiters, repetition } };
}

/** ISA11 is a repetition separator from version 00402 on; before, and with many senders after, it is the letter U. */
function repetitionOf(bytes: Uint8Array, separators: readonly number[]): number | null {
  const [standards, version, control] = [separators[10], separators[11], separators[12]];
  if (standards === undefined || version === undefined || control === undefined) return null;
  const repetition = bytes[standards + 1];
  if (version !== standards + 2 || !mayDelimit(repetition)) return null;
  return String.fromCharCode(...bytes.subarray(version + 1, control)) >= '00402' ? repetition : null;
}

/**
 * The delimiters of a file without a readable ISA: its first segment tells the element separator, the byte before the next
 * known segment is the terminator.
 */
export function withoutIsa(bytes: Uint8Array): Delimiters | null {
  const first = ['GS', 'ST'].find((id) => startsWith(bytes, 0, id));
  const element = first === undefined ? undefined : bytes[first.length];
  return element === undefined ? null : (inferDelimiters(bytes, element)?.delimiters ?? null);
}

function inferDelimiters(bytes: Uint8Array, element: number): Header | null {
  for (let at = 3; at < bytes.length; at++) {
    if (!followers.some((id) => startsWith(bytes, at, id, element))) continue;
    let before = at - 1;
    let newlineAt: number | null = null;
    while (before > 0 && isWhitespace(bytes[before])) {
      if (isNewline(bytes[before])) newlineAt = before;
      before--;
    }
    const byte = bytes[before];
    const alone = bytes[before - 1] === element;
    // One character alone before the end of the line is ISA16, unless the lines after it end with it too.
    if (newlineAt !== null && (!mayDelimit(byte) || (alone && !lineEndsWith(bytes, at, byte))))
      return {
        delimiters: {
          element,
          component: alone && mayDelimit(byte) ? byte : null,
          repetition: null,
          segment: lineFeed,
        },
        end: before + 1,
        padding: 0,
        next: newlineAt + 1,
      };
    if (!mayDelimit(byte) || byte === element) continue;
    const component = bytes[before - 1];
    return {
      delimiters: {
        element,
        component: bytes[before - 2] === element && mayDelimit(component) ? component : null,
        repetition: null,
        segment: byte,
      },
      end: before,
      padding: 0,
      next: before + 1,
    };
  }
  return null;
}

/** Whether the line that holds `at` ends with this byte. */
function lineEndsWith(bytes: Uint8Array, at: number, byte: number): boolean {
  let end = bytes.indexOf(lineFeed, at) - 1;
  if (bytes[end] === carriageReturn) end--;
  return end > at && bytes[end] === byte;
}
