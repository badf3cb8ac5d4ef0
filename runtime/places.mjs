// Where Gait keeps its state and what it downloads: one rule for the bootstrap (any Node) and for everything it starts.
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this checkout. */
export const checkout = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * State folder (`home`, one per checkout) and cache folder (`cache`, one per machine user).
 * Root gets system folders, because PostgreSQL refuses to run as root and its own user must be able to reach both.
 */
export function placesOf(env, uid, folder = checkout) {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  const user = env['HOME'] ?? homedir();
  const state = uid === 0 ? '/var/lib/gait' : join(env['XDG_STATE_HOME'] ?? join(user, '.local', 'state'), 'gait');
  const cache = uid === 0 ? '/var/cache/gait' : join(env['XDG_CACHE_HOME'] ?? join(user, '.cache'), 'gait');
  return {
    home: env['GAIT_HOME'] ? resolve(env['GAIT_HOME']) : join(state, hash),
    cache: env['GAIT_CACHE'] ? resolve(env['GAIT_CACHE']) : cache,
  };
}

/** The places of the running process. */
export function places() {
  return placesOf(process.env, process.getuid?.() ?? -1);
}
