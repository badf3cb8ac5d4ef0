// Sends one message over MLLP and waits for its acknowledgment; what the silence of the other side means for the effect is said here.
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Failure, Outcome } from '../connector.ts';
import { classifyThrown, doubtful, rejected } from '../faults.ts';
import { headerIn, readAcknowledgment } from './acknowledgment.ts';
import type { Acknowledged } from './acknowledgment.ts';
import { FrameDecoder, framed } from './mllp-framing.ts';

export interface MllpTarget {
  readonly host: string;
  readonly port: number;
  readonly timeoutSeconds: number;
  readonly signal?: AbortSignal;
  /** How long after a doubtful sending an inquiry tells anything. */
  readonly inquireAfterSeconds?: number;
}

/** The message was taken: `AA` dealt with, `CA` kept by the receiver. */
export interface Sent {
  readonly code: 'AA' | 'CA';
  readonly controlId: string;
}

/** A connection, or why there is none: nothing was sent then. */
async function connected(target: MllpTarget, effect: { inquireAfterSeconds: number }): Promise<Socket | Failure> {
  const { host, port, timeoutSeconds } = target;
  try {
    return await new Promise<Socket>((resolve, reject) => {
      const socket = connect({ host, port });
      const late = setTimeout(() => socket.destroy(new Error('late')), timeoutSeconds * 1000);
      socket.once('error', (error) => {
        clearTimeout(late);
        reject(error);
      });
      socket.once('connect', () => {
        clearTimeout(late);
        resolve(socket);
      });
    });
  } catch (error) {
    // Without a connection no byte has left, whatever the error is called.
    const failure = classifyThrown(error, { effect: false, ...effect });
    return failure.kind === 'notSent' ? { ...failure, code: 'connection.refused' } : failure;
  }
}

/** Whether an acknowledgment speaks of this message, and may be the last one. */
function isOurs(answer: Acknowledged, controlId: string): boolean {
  return answer.controlId === controlId;
}

/** The first acknowledgment of this message; null where the connection ends or the time is over before one has come. */
function answered(socket: Socket, message: Uint8Array, controlId: string, target: MllpTarget) {
  return new Promise<Acknowledged | 'malformed' | null>((resolve) => {
    const decoder = new FrameDecoder();
    let stranger = false;
    const settle = (found: Acknowledged | null): void => {
      clearTimeout(late);
      target.signal?.removeEventListener('abort', aborted);
      socket.destroy();
      resolve(found ?? (stranger ? 'malformed' : null));
    };
    const aborted = (): void => settle(null);
    const late = setTimeout(aborted, target.timeoutSeconds * 1000);
    target.signal?.addEventListener('abort', aborted, { once: true });
    socket.on('data', (chunk) => {
      for (const frame of decoder.push(chunk)) {
        if (frame.kind !== 'message') continue;
        const answer = readAcknowledgment(frame.bytes);
        if (answer !== null && isOurs(answer, controlId)) settle(answer);
        else stranger = true;
      }
    });
    socket.on('error', () => settle(null));
    socket.on('close', () => settle(null));
    socket.write(framed(message));
  });
}

/**
 * Sends the bytes of a message. Refused connection: `notSent`. Connection ended, time over, or an answer to another message:
 * `uncertain`. AA and CA: `done`. AE, AR, CE and CR: `rejected`, with the codes of MSA and ERR and never their text.
 */
export async function sendMllp(message: Uint8Array, target: MllpTarget): Promise<Outcome<Sent>> {
  const effect = { inquireAfterSeconds: target.inquireAfterSeconds ?? 60 };
  const controlId = headerIn(message)?.controlId ?? null;
  if (controlId === null) return rejected('input.invalid', [{ code: 'control-id-missing', field: 'MSH-10' }]);
  if (target.signal?.aborted === true) return { kind: 'notSent', code: 'connection.refused' };
  const socket = await connected(target, effect);
  if ('kind' in socket) return socket;
  const answer = await answered(socket, message, controlId, target);
  const call = { effect: true, ...effect };
  if (answer === null) return doubtful(call, 'vendor.unavailable');
  if (answer === 'malformed') return doubtful(call, 'vendor.malformed');
  if (answer.code === 'AA' || answer.code === 'CA') return { kind: 'done', result: { code: answer.code, controlId } };
  return rejected('vendor.rejected', answer.reasons);
}
