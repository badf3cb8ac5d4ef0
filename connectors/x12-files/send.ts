// Sends an interchange that was written before, under its control number: asked twice it is one file.
import { isEnvelopeFault } from '../../domain/x12/findings.ts';
import type { ConnectorContext, Failure, Inquiry, Outcome } from '../connector.ts';
import { readX12FilesConfig } from './config.ts';
import { isSentKind } from './envelope.ts';
import { place, standingOf } from './place.ts';
import { withFiles } from './session.ts';
import { envelopesOf } from './sort.ts';

/** One interchange as text (`writeForConnection`), kept before it is sent: an inquiry asks for the same. */
export interface SendRequest {
  readonly interchange: string;
}

export interface Sent {
  /** ISA13. */
  readonly control: string;
  readonly kind: string;
}

/** The names of what may be sent: one whole interchange of a kind we know, by its control number. Null for anything else. */
function headOf(text: string): Sent | null {
  const { interchanges, findings } = envelopesOf(Buffer.from(text));
  const [first] = interchanges;
  const kind = first?.groups[0]?.transactions[0]?.type ?? '';
  const control = first?.control ?? '';
  const isSound = interchanges.length === 1 && !findings.some(isEnvelopeFault);
  return isSound && isSentKind(kind) && /^\d{9}$/.test(control) ? { control, kind } : null;
}

export function sentName({ kind, control }: Sent): string {
  return `${kind}-${control}`;
}

const malformed: Failure = {
  kind: 'rejected',
  code: 'input.invalid',
  reasons: [{ code: 'not-one-interchange', field: 'interchange' }],
};

/** The same number on other bytes: whoever sends that would replace one interchange by another. */
const conflict: Failure = {
  kind: 'rejected',
  code: 'state.conflict',
  reasons: [{ code: 'control-number-used', field: 'ISA13' }],
};

export async function send(context: ConnectorContext, request: SendRequest): Promise<Outcome<Sent>> {
  const head = headOf(request.interchange);
  if (head === null) return malformed;
  let isBegun = false;
  const doubt = (): Failure => ({
    kind: 'uncertain',
    code: 'vendor.unavailable',
    inquireAfterSeconds: readX12FilesConfig(context.config).inquireAfterSeconds,
  });
  return withFiles<Outcome<Sent>>(context, async (session) => {
    const name = sentName(head);
    try {
      const { kind } = await place(session, name, request.interchange, () => {
        isBegun = true;
      });
      if (kind === 'busy') return doubt();
      if (kind === 'placed') return { kind: 'done', result: head };
      const standing = await standingOf(session, name);
      const isSame = standing.kind === 'sent' && standing.text === request.interchange;
      return isSame ? { kind: 'done', result: head } : conflict;
    } catch (error) {
      if (isBegun) return doubt();
      throw error;
    }
  });
}

export async function inquireSend(context: ConnectorContext, request: SendRequest): Promise<Inquiry<Sent>> {
  const head = headOf(request.interchange);
  if (head === null) return malformed;
  return withFiles<Inquiry<Sent>>(context, async (session) => {
    const standing = await standingOf(session, sentName(head));
    if (standing.kind !== 'sent') return { kind: 'notFound' };
    return standing.text === request.interchange ? { kind: 'found', result: head } : conflict;
  });
}
