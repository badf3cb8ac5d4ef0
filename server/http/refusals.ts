// What is kept of refused calls: an audit entry each, and one with a count where somebody knocks without end.
import type { Logger } from 'pino';
import type { ErrorCode } from '../../domain/errors.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Audit } from '../audit/append.ts';
import { systemChain } from '../audit/entry.ts';

/** A refusal that knows whose chain it belongs to: the clinic of the key or person that was refused. */
export class Refusal extends GaitError {
  readonly clinic: string | null;
  readonly actor: string;
  readonly subject: string | null;

  constructor(
    code: ErrorCode,
    message: string,
    who: {
      readonly clinic: string | null;
      readonly actor: string;
      readonly subject?: string | null;
      readonly fix?: string;
    },
  ) {
    super(code, message, who.fix === undefined ? {} : { fix: who.fix });
    this.clinic = who.clinic;
    this.actor = who.actor;
    this.subject = who.subject ?? null;
  }
}

export interface RefusedCall {
  readonly clinic: string | null;
  readonly actor: string;
  readonly subject: string | null;
  readonly code: ErrorCode;
  readonly method: string;
  /** The path as declared, never as called. */
  readonly path: string;
}

export interface Refusals {
  record(call: RefusedCall): Promise<void>;
  /** Writes the counts of what was not written one by one. */
  flush(): Promise<void>;
}

const burst = 30;
const secondsPerEntry = 10;

interface Bucket {
  readonly tokens: number;
  readonly at: number;
  readonly suppressed: number;
}

/** Thirty entries at once for a chain, then one in ten seconds carrying the number of those it stands for. */
export function createRefusals(needs: {
  readonly audit: Audit;
  readonly now: () => Date;
  readonly log: Logger;
}): Refusals {
  const buckets = new Map<string, Bucket>();

  const take = (chain: string): { allowed: boolean; suppressed: number } => {
    const at = needs.now().getTime();
    const known = buckets.get(chain) ?? { tokens: burst, at, suppressed: 0 };
    const tokens = Math.min(burst, known.tokens + (at - known.at) / (secondsPerEntry * 1000));
    if (tokens < 1) {
      buckets.set(chain, { tokens, at, suppressed: known.suppressed + 1 });
      return { allowed: false, suppressed: 0 };
    }
    buckets.set(chain, { tokens: tokens - 1, at, suppressed: 0 });
    return { allowed: true, suppressed: known.suppressed };
  };

  return {
    async record(call) {
      const chain = call.clinic ?? systemChain;
      const { allowed, suppressed } = take(chain);
      if (!allowed) return;
      const endpoint = call.path
        .split(/[/:*]+/)
        .filter((part) => part !== '')
        .join('.');
      try {
        await needs.audit.record({
          clinic: chain,
          actor: call.actor,
          action: 'access.refused',
          subject: call.subject,
          details: {
            code: call.code,
            method: call.method.toLowerCase(),
            endpoint,
            ...(suppressed > 0 ? { suppressed } : {}),
          },
        });
      } catch {
        // The caller is refused all the same; that the entry is missing is told where operators look.
        needs.log.error({ code: call.code }, 'a refusal could not be written to the audit chain');
      }
    },

    async flush() {
      for (const [chain, bucket] of buckets) {
        if (bucket.suppressed === 0) continue;
        buckets.set(chain, { ...bucket, suppressed: 0 });
        await needs.audit.record({
          clinic: chain,
          actor: 'system:access',
          action: 'access.refused',
          details: { suppressed: bucket.suppressed },
        });
      }
    },
  };
}
