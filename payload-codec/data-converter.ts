// The one data converter of Gait: every Temporal client and worker uses it, else payloads could be written in clear.

import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { EncryptingCodec } from './codec.ts';
import type { CodecKeys } from './keys.ts';

/** Path of the module that exports `failureConverter`, for the workflow bundle and for the data converter alike. */
export const failureConverterPath = fileURLToPath(new URL('./failure-converter.ts', import.meta.url));

/** The data converter to give to `Worker.create` and to `new Client`. */
export function dataConverter(keys: CodecKeys): DataConverter {
  return { failureConverterPath, payloadCodecs: [new EncryptingCodec(keys)] };
}
