// The console's development server: builds the console and serves it with synthetic data. `node console/dev/serve.ts [port]`
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { password, users } from './people.ts';
import { startStandIn } from './stand-in.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
execFileSync(process.execPath, [`${folder}build.mjs`], { stdio: 'inherit' });
const { url } = await startStandIn(`${folder}dist`, Number(process.argv[2] ?? 7310));
process.stdout.write(`${url}/console/\n${users.map(({ email }) => `${email}  ${password}\n`).join('')}`);
