// The bytes of a message as text: by the character set it declares (MSH-18), and told where it declares none that fits.

/** How bytes become text. `declared` false: they do not fit what the message says of itself, or it says nothing. */
export interface Decoded {
  readonly text: string;
  readonly fits: boolean;
  readonly decode: (bytes: Uint8Array) => string;
}

/** The names of table 0211 that PT systems send, and what decodes them. */
const decoders: Readonly<Record<string, string>> = {
  ASCII: 'utf-8',
  'UNICODE UTF-8': 'utf-8',
  'UTF-8': 'utf-8',
  UTF8: 'utf-8',
  '8859/1': 'windows-1252',
  'ISO-8859-1': 'windows-1252',
  '8859/2': 'iso-8859-2',
  '8859/9': 'windows-1254',
  '8859/15': 'iso-8859-15',
};

export const charsets = ['utf-8', 'windows-1252'] as const;
export type Charset = (typeof charsets)[number];

const plain = new TextDecoder('windows-1252');

/** `bytes` in a character set; null where they do not fit. */
function inSet(bytes: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * The text of one message. `declared` is its MSH-18, `usual` what holds where it has none. Bytes that do not fit are read as
 * Windows-1252, which has a character for nearly every byte, and `fits` is false: a name may then be misspelt, but nobody is lost.
 */
export function decodedMessage(bytes: Uint8Array, declared: string | null, usual: Charset): Decoded {
  const label = declared === null ? usual : (decoders[declared.trim().toUpperCase()] ?? null);
  const text = inSet(bytes, label ?? usual);
  const used = text === null ? 'windows-1252' : (label ?? usual);
  return {
    text: text ?? plain.decode(bytes),
    fits: text !== null && label !== null,
    decode: (part) => inSet(part, used) ?? plain.decode(part),
  };
}
