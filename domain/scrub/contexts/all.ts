// Every context a rule may run over.
import type { ScrubContext } from '../context.ts';
import { claimContext } from './claim.ts';

export const contexts: readonly ScrubContext[] = [claimContext];
