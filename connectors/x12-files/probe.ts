// Tests a connection: what it will have to do with the three folders it does once, with a file that says nothing.
import { randomBytes } from 'node:crypto';
import type { ConnectionTest, Failure } from '../connector.ts';
import { FileFault } from '../files/files.ts';
import type { Session } from './take-in.ts';

/** What was being tried when it failed, as the field of a reason. */
type Trial = 'inbox' | 'outbox' | 'archive';

export async function probe({
  files,
  config,
  archive,
}: Session): Promise<Failure | { kind: 'done'; result: ConnectionTest }> {
  const name = `gait-probe-${randomBytes(6).toString('hex')}`;
  const hidden = `${config.outbox}/.${name}.part`;
  let trial: Trial = 'inbox';
  try {
    const waiting = (await files.list(config.inbox)).filter((file) => !file.name.endsWith(config.readyMarker)).length;
    trial = 'outbox';
    await files.write(hidden, Buffer.from('This file tests a connection and may be removed.\n'));
    trial = 'archive';
    // Moved as what is read will be: this also shows that both folders are on one disk.
    await archive.take(hidden, 'taking', `${name}.part`);
    await archive.remove('taking', `${name}.part`);
    return {
      kind: 'done',
      result: {
        facts: [
          { label: 'Transport', value: config.server === null ? 'drop folder' : 'SFTP' },
          { label: 'Files in the inbox', value: String(waiting) },
          { label: 'Files not yet confirmed', value: String((await archive.list('new')).length) },
          { label: 'Usage', value: config.usage },
        ],
      },
    };
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    if (trial === 'archive') await files.remove(hidden).catch(() => undefined);
    if (error.kind === 'lost') throw error;
    return { kind: 'rejected', code: 'file.unreadable', reasons: [{ code: error.kind, field: trial }] };
  }
}
