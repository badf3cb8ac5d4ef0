// The ways a signed note usually goes, for the golden histories.

import { filingChanged } from '../messages.ts';
import type { FilingHandle } from './bench.ts';
import { fakeFiling } from './fake-server.ts';
import type { FakeFiling } from './fake-server.ts';

export interface FilingPath {
  readonly name: string;
  readonly server: () => FakeFiling;
  readonly drive: (handle: FilingHandle, server: FakeFiling) => Promise<void>;
}

const now = (): Promise<number> => Promise.resolve(Date.now());

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((done) => setTimeout(done, 50));
}

export const filingPaths: readonly FilingPath[] = [
  {
    name: 'filed',
    server: () => fakeFiling({ now }),
    async drive(handle) {
      await handle.result();
    },
  },
  {
    name: 'by-hand',
    server: () => fakeFiling({ now, script: () => 'refused' }),
    async drive(handle, server) {
      await until(() => server.filing.state === 'byHand');
      server.entered();
      await handle.signal(filingChanged);
      await handle.result();
    },
  },
  {
    name: 'in-doubt',
    server: () => fakeFiling({ now, script: (asked) => (asked === 1 ? 'uncertain' : 'filed') }),
    async drive(handle, server) {
      await until(() => server.filing.state === 'uncertain');
      server.filing = { ...server.filing, notBefore: null };
      await handle.signal(filingChanged);
      await handle.result();
    },
  },
];
