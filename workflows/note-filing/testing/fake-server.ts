// Stands for the server's API in tests of a filing: the real course over a flow with a script, and a person who decides.

import { nextFilingMove, settleFiling } from '../../../domain/note-filing/course.ts';
import type { Filing, FilingWord } from '../../../domain/note-filing/course.ts';
import type { NoteFilingActivities } from '../activities.ts';

/** What the flow says to one asking. */
export type Script = (asked: number) => 'filed' | 'wait' | 'uncertain' | 'refused';

const words: Readonly<Record<string, FilingWord>> = {
  filed: { kind: 'filed' },
  wait: { kind: 'again', reason: 'vendor.unavailable' },
  uncertain: { kind: 'uncertain', inquireAt: null },
  refused: { kind: 'refused', reason: 'vendor.rejected' },
};

export interface FakeFiling {
  readonly activities: NoteFilingActivities;
  /** The approval each asking named. */
  readonly asked: string[];
  filing: Filing;
  /** A person says that it is entered. */
  entered(): void;
}

/** `now` gives milliseconds since the epoch. */
export function fakeFiling(of: { readonly now: () => Promise<number>; readonly script?: Script }): FakeFiling {
  const { now, script = () => 'filed' } = of;
  const instant = async (): Promise<string> => new Date(await now()).toISOString();
  let begun: string | null = null;
  const fake: FakeFiling = {
    asked: [],
    filing: { state: 'waiting', signedAt: '', notBefore: null, reason: null },
    entered: () => {
      fake.filing = { ...fake.filing, state: 'filed' };
    },
    activities: {
      async nextFiling({ note }) {
        begun ??= await instant();
        fake.filing = { ...fake.filing, signedAt: begun };
        const move = nextFilingMove(fake.filing, await instant());
        return move.kind === 'file' ? { ...move, approval: 'hash-1', effectKey: `note.file/${note}/1` } : move;
      },
      async askStep({ item, structure }) {
        fake.asked.push(structure.approval);
        return Promise.resolve([{ item, outcome: script(fake.asked.length) }]);
      },
      async settleFiling({ answer }) {
        const outcome = answer !== null && 'outcome' in answer ? answer.outcome : 'wait';
        const word = words[outcome];
        if (word !== undefined) fake.filing = settleFiling(fake.filing, word, await instant());
      },
    },
  };
  return fake;
}
