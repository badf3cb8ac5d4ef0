// The command line: `gait COMMAND …`.
import { dispatch } from './shared/dispatch.ts';

process.exitCode = await dispatch(process.argv.slice(2));
// The bootstrap's channel only tells whether it still lives; an open one would keep a finished command running.
process.disconnect?.();
