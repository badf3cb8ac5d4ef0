// What the stand-in server answers with, and what it is sent.
import type { Json } from '../api.ts';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly cookie?: string;
}

export type Body = Readonly<Record<string, Json>>;

export const ok = (body: unknown, status = 200): Answer => ({ status, body });

export const refused = (status: number, code: string, message: string, fix?: string, where?: string): Answer => ({
  status,
  body: {
    error: {
      code,
      message,
      ...(fix === undefined ? {} : { fix }),
      ...(where === undefined ? {} : { where }),
    },
  },
});
