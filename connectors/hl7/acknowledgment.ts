// Acknowledgments: what is answered to a message that was stored, cannot be used or is refused; and what an answer to ours says.
import type { Problem, ProblemReason } from '../csv/problems.ts';
import type { Reason } from '../connector.ts';
import type { ClinicWords } from '../pt-records/source.ts';
import { buildMessage } from './build-message.ts';
import type { SegmentValue } from './build-message.ts';
import { Collected } from './collected.ts';
import { headerOf } from './header.ts';
import type { Header } from './header.ts';
import { fieldOf, parseMessage, segmentNamed } from './message.ts';
import { senderWords, takeMessage } from './read-message.ts';
import { part } from './segment-reader.ts';
import type { Hl7Settings } from './settings.ts';
import { writtenInstant } from './timestamps.ts';

/** A code of table 0357 and where the message is wrong; never what stands there. */
export interface AckError {
  readonly code: string;
  readonly segment: string | null;
  readonly field: number | null;
}

/**
 * What becomes of a message: `AA` stored; `AE` stored and understood, but of no use, and the same again will be no better; `AR`
 * refused.
 */
export interface Decision {
  readonly code: 'AA' | 'AE' | 'AR';
  readonly errors: readonly AckError[];
}

const errorCodes: Partial<Readonly<Record<ProblemReason, string>>> = {
  'segment missing': '100',
  'not a message': '100',
  empty: '101',
  'unknown word': '103',
  'unknown event': '201',
  'not for production': '202',
  'unknown version': '203',
  'other sender': '207',
};

function errorOf({ reason, column }: Problem): AckError {
  const [segment = null, field] = column?.split('-') ?? [];
  return { code: errorCodes[reason] ?? '102', segment, field: field === undefined ? null : Number(field) };
}

const errorsTold = 10;

/** Looks at a message as the import will: may it come in, and does it say anything that can be used? */
export function judge(bytes: Uint8Array, settings: Hl7Settings, clinic: ClinicWords): Decision {
  const into = new Collected();
  const { header, refusal, headers } = takeMessage(bytes, 0, senderWords(settings, clinic), into);
  if (headers > 1) return { code: 'AR', errors: [{ code: '100', segment: 'MSH', field: null }] };
  const found = into.rows();
  const problems = found.flatMap((one) => one.problems).filter(({ rejected }) => rejected);
  const errors = problems.slice(0, errorsTold).map(errorOf);
  if (header === null || refusal !== null) return { code: 'AR', errors };
  const used = into.gone.length > 0 || found.some(({ rows }) => rows.length > 0);
  // What is withdrawn a person looks at: the sender has told it well.
  const isUseless = !used && problems.some(({ reason }) => reason !== 'withdrawn');
  return isUseless ? { code: 'AE', errors } : { code: 'AA', errors: [] };
}

export interface AckFrame {
  readonly settings: Pick<Hl7Settings, 'ownApplication' | 'ownFacility'>;
  /** ISO UTC. */
  readonly at: string;
  /** The control id of the answer. */
  readonly id: string;
}

function errorSegment({ code, segment, field }: AckError, isLater: boolean): SegmentValue {
  if (isLater) return { name: 'ERR', fields: { 2: [segment, '1', field], 3: [code, null, 'HL70357'], 4: 'E' } };
  return { name: 'ERR', fields: { 1: [segment, '1', field, [code, null, 'HL70357']] } };
}

function answer(header: Header | null, code: string, errors: readonly AckError[], frame: AckFrame): string {
  const { settings, at, id } = frame;
  const version = header?.version ?? '2.5.1';
  const isLater = !/^2\.[1-4]/.test(version);
  return buildMessage([
    {
      name: 'MSH',
      fields: {
        3: settings.ownApplication,
        4: settings.ownFacility ?? null,
        5: header?.application ?? null,
        6: header?.facility ?? null,
        7: writtenInstant(at),
        9: ['ACK', header?.event ?? null],
        10: id,
        11: header?.processing ?? 'P',
        12: version,
      },
    },
    { name: 'MSA', fields: { 1: code, 2: header?.controlId ?? null } },
    ...errors.map((error) => errorSegment(error, isLater)),
  ]);
}

const commitCodes = { AA: 'CA', AE: 'CA', AR: 'CR' } as const;

function isWanted(condition: string | null, isGood: boolean): boolean {
  return condition === 'AL' || (condition === 'SU' && isGood) || (condition === 'ER' && !isGood);
}

/** The header of a message, as far as there is one. */
export function headerIn(bytes: Uint8Array): Header | null {
  const { message } = parseMessage(bytes);
  return message === null ? null : headerOf(message);
}

/**
 * The answers to a message, none to several. Original mode (MSH-15 and MSH-16 empty): one. Enhanced mode: that it is kept, and
 * what became of it, each where it is wanted.
 */
export function acknowledgments(header: Header | null, decision: Decision, frame: AckFrame): string[] {
  const { code, errors } = decision;
  const { acceptWanted = null, answerWanted = null } = header ?? {};
  if (acceptWanted === null && answerWanted === null) return [answer(header, code, errors, frame)];
  const commit = commitCodes[code];
  const commits = isWanted(acceptWanted, commit === 'CA');
  const answers = isWanted(answerWanted, code === 'AA');
  return [
    ...(commits ? [answer(header, commit, commit === 'CR' ? errors : [], frame)] : []),
    ...(answers ? [answer(header, code, errors, { ...frame, id: `${frame.id.slice(0, 18)}-2` })] : []),
  ];
}

/** In enhanced mode a sender is told that its message could not be kept, to send it again; else silence tells it. */
export function notKept(header: Header | null, frame: AckFrame): string[] {
  return isWanted(header?.acceptWanted ?? null, false) ? [answer(header, 'CE', [], frame)] : [];
}

export const answerCodes = ['AA', 'AE', 'AR', 'CA', 'CE', 'CR'] as const;

/** What an acknowledgment of ours says, by codes and places only. */
export interface Acknowledged {
  readonly code: (typeof answerCodes)[number];
  readonly controlId: string | null;
  readonly reasons: readonly Reason[];
}

const isPlain = (text: string | null): text is string => text !== null && /^[A-Za-z0-9]{1,10}$/.test(text);

/** Reads an acknowledgment; null where the bytes are none. */
export function readAcknowledgment(bytes: Uint8Array): Acknowledged | null {
  const { message } = parseMessage(bytes);
  const msa = message === null ? null : segmentNamed(message, 'MSA');
  if (message === null || msa === null) return null;
  const told = part(fieldOf(message, msa, 1)[0])?.toUpperCase();
  const code = answerCodes.find((one) => one === told);
  if (code === undefined) return null;
  const errors = message.segments
    .filter(({ name }) => name === 'ERR')
    .flatMap((err) => {
      const early = fieldOf(message, err, 1)[0];
      const late = fieldOf(message, err, 2)[0];
      const error = part(fieldOf(message, err, 3)[0]) ?? part(early, 4);
      const place = [part(late) ?? part(early), part(late, 3) ?? part(early, 3)].filter(isPlain).join('-');
      return isPlain(error) ? [{ code: error, ...(place === '' ? {} : { field: place }) }] : [];
    });
  return { code, controlId: part(fieldOf(message, msa, 2)[0]), reasons: [{ code }, ...errors] };
}
