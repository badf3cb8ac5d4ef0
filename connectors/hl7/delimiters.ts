// The five characters a message is cut by, as its own header names them, and what stands for them inside a value.

/** As MSH-1 and MSH-2 give them; `truncation` is of version 2.7 and later. */
export interface Delimiters {
  readonly field: string;
  readonly component: string;
  readonly repetition: string;
  readonly escape: string;
  readonly subcomponent: string;
  readonly truncation: string | null;
}

export const usualDelimiters: Delimiters = {
  field: '|',
  component: '^',
  repetition: '~',
  escape: '\\',
  subcomponent: '&',
  truncation: null,
};

/** From the head of an MSH, BHS or FHS line; null where it names none that could cut anything. */
export function delimitersOf(line: string): Delimiters | null {
  const field = line.charAt(3);
  const end = line.indexOf(field, 4);
  const encoding = field === '' ? '' : line.slice(4, end === -1 ? undefined : end);
  const named = [field, ...encoding];
  const usable = named.every((one) => !/[\sA-Za-z0-9\p{Cc}]/u.test(one)) && new Set(named).size === named.length;
  if (!usable || encoding.length < 1 || encoding.length > 5) return null;
  const [component = '^', repetition = '~', escape = '\\', subcomponent = '&', truncation = null] = encoding;
  const delimiters = { field, component, repetition, escape, subcomponent, truncation };
  // One that the header leaves out is the usual one, unless it already stands for another.
  const cutting = [field, component, repetition, escape, subcomponent];
  return new Set(cutting).size === cutting.length ? delimiters : null;
}

/** MSH-2 of a message that is cut so. */
export function encodingCharacters(delimiters: Delimiters): string {
  const { component, repetition, escape, subcomponent, truncation } = delimiters;
  return `${component}${repetition}${escape}${subcomponent}${truncation ?? ''}`;
}

/** The characters of a value that may not stand in it as they are, with what stands for them. */
export function escaped(value: string, delimiters: Delimiters): string {
  const { field, component, repetition, escape, subcomponent, truncation } = delimiters;
  const letters: Readonly<Record<string, string>> = {
    [field]: 'F',
    [component]: 'S',
    [subcomponent]: 'T',
    [repetition]: 'R',
    [escape]: 'E',
    ...(truncation === null ? {} : { [truncation]: 'P' }),
  };
  return [...value]
    .map((one) => {
      const letter = letters[one];
      if (letter !== undefined) return `${escape}${letter}${escape}`;
      return /\p{Cc}/u.test(one) && one.charCodeAt(0) < 0x80
        ? `${escape}X${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}${escape}`
        : one;
    })
    .join('');
}

/** Text between two escape characters as what it stands for; null where it stands for nothing known. */
function meaning(sequence: string, delimiters: Delimiters, decode: (bytes: Uint8Array) => string): string | null {
  const { field, component, repetition, escape, subcomponent, truncation } = delimiters;
  switch (sequence) {
    case 'F':
      return field;
    case 'S':
      return component;
    case 'T':
      return subcomponent;
    case 'R':
      return repetition;
    case 'E':
      return escape;
    case 'P':
      return truncation;
    // Highlighting on and off.
    case 'H':
    case 'N':
      return '';
    case '.br':
      return '\n';
  }
  if (!sequence.startsWith('X') && !sequence.startsWith('.')) return null;
  if (/^X([0-9A-Fa-f]{2})+$/.test(sequence)) return decode(Buffer.from(sequence.slice(1), 'hex'));
  const lines = /^\.sp\+?(\d{0,2})$/.exec(sequence);
  if (lines) return '\n'.repeat(Number(lines[1] === '' ? '1' : lines[1]));
  return /^\.(?:in|ti|fi|nf|ce|sk)[+-]?\d*$/.test(sequence) ? ' ' : null;
}

/**
 * A value with its escape sequences read. What stands between two escape characters and means nothing known stays as it is: a
 * path of Windows loses no letter. `decode` reads the bytes of `\X…\` in the message's own character set.
 */
export function unescaped(text: string, delimiters: Delimiters, decode: (bytes: Uint8Array) => string): string {
  const { escape } = delimiters;
  if (!text.includes(escape)) return text;
  let read = '';
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf(escape, at);
    const close = open === -1 ? -1 : text.indexOf(escape, open + 1);
    if (close === -1) return read + text.slice(at);
    const found = meaning(text.slice(open + 1, close), delimiters, decode);
    read += text.slice(at, open) + (found ?? escape);
    at = found === null ? open + 1 : close + 1;
  }
  return read;
}
