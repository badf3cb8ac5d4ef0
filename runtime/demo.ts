// `npm run demo -- --json`: one authorization from the export file to the recorded approval, on the running stack or on one of its own.
import { readFileSync } from 'node:fs';
import { showDemo, todayIn, demo } from './demo-clinic.ts';
import { runChain } from './demo/chain.ts';
import type { SurfaceSettings } from './demo/surfaces.ts';
import { InstallProblem } from './install.mjs';
import { places } from './places.mjs';
import { Problem } from './problem.ts';
import { portsFrom } from './settings.ts';
import { readStackNote } from './stack-file.ts';
import { startStack } from './stack.ts';

const asJson = process.argv.includes('--json');
const say = (line: string): void => console.error(line);

function content(file: string): string {
  return readFileSync(file, 'utf8').trim();
}

async function main(): Promise<number> {
  const unknown = process.argv.slice(2).find((arg) => arg !== '--json');
  if (unknown !== undefined) throw new Problem(`npm run demo does not know ${unknown}.`, 'Use npm run demo -- --json.');
  const { home } = places();
  const note = readStackNote(home);
  const stack = note === null ? await startStack({ home, ports: portsFrom(process.env), say, durable: true }) : null;
  try {
    if (stack !== null) await showDemo(stack, say);
    const running = readStackNote(home);
    if (running === null) throw new Problem('The stack has ended.', 'Start it again with npm start.');
    const settings: SurfaceSettings = {
      server: running.serverUrl,
      sandbox: running.sandboxUrl,
      dropFolder: running.webptDrop,
      flowsKey: content(running.flowsKeyFile),
      password: content(running.demoPasswordFile),
    };
    const now = new Date();
    const result = await runChain(settings, todayIn(demo.timezone, now), now.getTime().toString(36).toUpperCase(), say);
    if (asJson) console.log(JSON.stringify(result, null, 2));
    else {
      for (const link of result.links) console.log(`${link.name}: ${JSON.stringify(link.evidence)}`);
      console.log(result.ok ? `Every link holds (${result.seconds} s).` : `Missing: ${result.missing ?? ''}`);
    }
    return result.ok ? 0 : 1;
  } finally {
    await stack?.stop();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Problem || error instanceof InstallProblem ? error.message : error);
  process.exitCode = 1;
}
process.disconnect?.();
