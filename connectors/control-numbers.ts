// Numbers that name what we send (ISA13, GS06, ST02): each is handed out once for a connection, whatever happens to the process.
import { GaitError } from '../domain/errors.ts';

export const controlNumberKinds = ['interchange', 'group', 'transaction'] as const;
export type ControlNumberKind = (typeof controlNumberKinds)[number];

/** The numbers of one connection. One that was handed out and not used is a gap; gaps are allowed, repeats are not. */
export interface ControlNumbers {
  /** 1 to 999,999,999. Kept before it is returned. Throws `state.conflict` when all are used up. */
  next(kind: ControlNumberKind): Promise<number>;
}

/** For calls that send nothing with a number: the test of a connection. */
export const noControlNumbers: ControlNumbers = {
  next: () => Promise.reject(new GaitError('internal.bug', 'This call has no control numbers.')),
};
