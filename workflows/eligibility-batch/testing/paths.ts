// The ways a batch usually goes, for the golden histories.

import { fakeEligibility } from './fake-server.ts';
import type { FakeEligibility } from './fake-server.ts';

export interface BatchPath {
  readonly name: string;
  readonly server: (until: string) => FakeEligibility;
}

const chunks = [
  { payer: 'harbor', checks: ['chk_1', 'chk_2'] },
  { payer: 'harbor', checks: ['chk_3'] },
  { payer: 'harbor', checks: ['chk_4'] },
  { payer: 'sunrise', checks: ['chk_5'] },
];

export const batchPaths: readonly BatchPath[] = [
  { name: 'answered', server: (until) => fakeEligibility(chunks, until) },
  {
    name: 'asked-again',
    server: (until) => {
      const server = fakeEligibility(chunks.slice(0, 1), until, (check, round) =>
        check === 'chk_2' && round < 3 ? 'pending' : 'answered',
      );
      server.retryAfterSeconds = 1;
      return server;
    },
  },
  {
    name: 'given-up',
    server: (until) => {
      const server = fakeEligibility(chunks.slice(0, 1), until, () => 'pending');
      server.retryAfterSeconds = 1;
      return server;
    },
  },
  { name: 'nobody', server: (until) => fakeEligibility([], until) },
];
