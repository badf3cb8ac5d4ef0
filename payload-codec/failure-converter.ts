// Makes messages and stack traces of failures travel encrypted like every other payload; loaded by worker, clients and the workflow sandbox.

import { DefaultFailureConverter } from '@temporalio/common';

export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
