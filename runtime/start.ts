// `npm start`: starts the stack with the demo clinic and keeps it running until Ctrl-C.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { showDemo } from './demo-clinic.ts';
import { InstallProblem } from './install.mjs';
import { places } from './places.mjs';
import { lineOf, Problem } from './problem.ts';
import { portsFrom } from './settings.ts';
import { isSupervisor, stackNote } from './stack-file.ts';
import { type ProcessName, type Stack, startStack } from './stack.ts';

const started = Date.now();
const say = (line: string): void => console.log(line);
const aMinute = 60_000;

function living(home: string): number | null {
  const pid = stackNote(home)?.pid ?? null;
  return pid !== null && pid !== process.pid && isSupervisor(pid) ? pid : null;
}

/** Stops what still runs and removes the state folder; a folder without Gait's mark is left alone. */
async function reset(home: string): Promise<void> {
  const pid = living(home);
  if (pid !== null) {
    say(`Stopping the stack that runs (process ${pid}) …`);
    process.kill(pid, 'SIGTERM');
    for (let waited = 0; isSupervisor(pid) && waited < 25_000; waited += 250)
      await new Promise((done) => setTimeout(done, 250));
  }
  if (!existsSync(home)) return;
  if (!existsSync(join(home, '.gait-home')))
    throw new Problem(
      `${home} is not a state folder of Gait.`,
      'Set GAIT_HOME to one, or to a folder that does not exist.',
    );
  rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

/** Starts a process again that ended by itself; gives up on the sixth time within a minute. */
function restarter(
  current: () => Stack | null,
  giveUp: (problem: Problem) => void,
): (name: ProcessName, log: string) => void {
  const deaths: number[] = [];
  return (name, log) => {
    const stack = current();
    if (stack === null) return;
    deaths.push(Date.now());
    if (deaths.filter((at) => Date.now() - at < aMinute).length > 5) {
      giveUp(new Problem(`${name} keeps ending.`, `Its reason stands at the end of ${log}.`));
      return;
    }
    say(`${name} ended by itself and is started again; its log is ${log}`);
    stack.restart(name).catch((error: unknown) => say(lineOf(error)));
  };
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const unknown = args.find((arg) => arg !== '--reset');
  if (unknown !== undefined)
    throw new Problem(`npm start does not know ${unknown}.`, 'Use npm start, or npm start -- --reset.');
  const { home } = places();
  if (args.includes('--reset')) await reset(home);
  const other = living(home);
  if (other !== null)
    throw new Problem(`Gait runs already (process ${other}).`, 'Use it, or stop it with Ctrl-C in its window.');

  let stack: Stack | null = null;
  let leaving = false;
  const leave = async (status: number): Promise<void> => {
    if (leaving) return;
    leaving = true;
    const running = stack;
    stack = null;
    if (running !== null) {
      say('Stopping …');
      await running.stop();
    }
    process.exit(status);
  };
  // Before the stack is up there is nothing to stop in order: the watchdog ends what was started.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave(0));
  process.on('disconnect', () => void leave(0));
  const onDeath = restarter(
    () => stack,
    (problem) => {
      say(problem.message);
      void leave(1);
    },
  );
  stack = await startStack({ home, ports: portsFrom(process.env), say, durable: true, onDeath });
  say(`Ready after ${((Date.now() - started) / 1_000).toFixed(1)} s.`);
  const running = stack;
  try {
    const shown = await showDemo(running, say);
    if (!leaving) say(`${shown}\nGait runs; Ctrl-C stops it.`);
  } catch (error) {
    // After Ctrl-C the demo fails because the stack goes away under it, which is no news.
    if (!leaving) say(lineOf(error));
    await leave(1);
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Problem || error instanceof InstallProblem ? error.message : error);
  process.exit(1);
}
