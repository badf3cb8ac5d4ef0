// Outlives its supervisor by a moment: when the supervisor's end of the pipe closes, it ends every process group it was told of.
import { createInterface } from 'node:readline';

const graceMilliseconds = 5_000;
const groups = new Set();

const end = (group, signal) => {
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
};

process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('SIGHUP', () => undefined);

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const group = Number(line.slice(1));
  if (!Number.isSafeInteger(group) || group <= 1) return;
  if (line.startsWith('+')) groups.add(group);
  else groups.delete(group);
});
lines.on('close', () => {
  for (const group of groups) end(group, 'SIGTERM');
  const started = Date.now();
  const look = setInterval(() => {
    for (const group of groups) if (!end(group, 0)) groups.delete(group);
    const late = Date.now() - started > graceMilliseconds;
    if (late) for (const group of groups) end(group, 'SIGKILL');
    if (late || groups.size === 0) {
      clearInterval(look);
      process.exit(0);
    }
  }, 100);
});
