// What a reader of X12 may find wrong with a file. The codes are part of the command line's contract: none is ever renamed.

/** Every code with its severity: a file with an error must not be trusted, one with warnings was read in full. */
export const severities = {
  'isa.missing': 'error',
  'isa.malformed': 'error',
  'isa.delimiters': 'error',
  'iea.missing': 'error',
  'iea.count': 'error',
  'iea.control': 'error',
  'gs.missing': 'error',
  'ge.missing': 'error',
  'ge.count': 'error',
  'ge.control': 'error',
  'st.missing': 'error',
  'se.missing': 'error',
  'se.count': 'error',
  'se.control': 'error',
  'segment.id': 'error',
  'segment.outside': 'error',
  'element.missing': 'error',
  'element.invalid': 'error',
  'loop.order': 'warning',
  'loop.missing': 'error',
  'loop.excess': 'error',
  'hl.parent': 'error',
  'hl.cycle': 'error',
  'hl.duplicate': 'error',
  'balance.line': 'error',
  'balance.claim': 'error',
  'balance.transaction': 'error',
  'trailing.data': 'warning',
  encoding: 'warning',
  truncated: 'error',
} as const;

export type FindingCode = keyof typeof severities;

/** Where something stands in a file. */
export interface Place {
  /** Index of the segment, from 0; the number of segments where the file ended too early. */
  readonly segment: number;
  /** Bytes before it. */
  readonly offset: number;
}

/** What is wrong, and where. */
export interface Fault {
  readonly code: FindingCode;
  readonly message: string;
  readonly place: Place;
}

/** One fault as it is told. Its message holds segment ids, element numbers, counts and control numbers, never another value: those may be PHI. */
export interface Finding extends Place {
  readonly severity: 'error' | 'warning';
  readonly code: FindingCode;
  readonly message: string;
  /** Control numbers of what was open there; null where nothing was, or where its header is missing. */
  readonly interchange: string | null;
  readonly group: string | null;
  readonly transaction: string | null;
}

/** Faults of the envelopes, by which a file shows that it was cut off or changed on its way; of its content others judge. */
export function isEnvelopeFault({ code, severity }: Finding): boolean {
  return severity === 'error' && (code === 'truncated' || /^(isa|iea|gs|ge|st|se|segment)\./.test(code));
}
