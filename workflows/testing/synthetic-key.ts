// The key under which the committed histories are written: synthetic, for tests only, and of no use anywhere else.

import { codecKeysFrom } from '../../payload-codec/keys.ts';
import type { CodecKeys } from '../../payload-codec/keys.ts';

/** Synthetic test key: 32 times the letter t. */
export const syntheticKeys: CodecKeys = codecKeysFrom({
  current: 'synthetic-test-key',
  keys: { 'synthetic-test-key': Buffer.alloc(32, 't').toString('base64') },
});
