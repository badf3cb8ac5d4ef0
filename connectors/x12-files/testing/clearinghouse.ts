// A clearinghouse for connector tests: the simulated one on folders of its own, met over a drop folder or over SFTP.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesCarrier } from '../../../sandbox/adjudication/carriers.ts';
import { PayersDesk } from '../../../sandbox/adjudication/desk.ts';
import { Post } from '../../../sandbox/adjudication/post.ts';
import { AdjudicationStore } from '../../../sandbox/adjudication/store.ts';
import { sweep } from '../../../sandbox/x12-files/clearinghouse.ts';
import type { Fault } from '../../../sandbox/x12-files/faults.ts';
import { sftpPassword, sftpUser, startSftp } from '../../../sandbox/x12-files/sftp-server.ts';
import { X12FilesStore } from '../../../sandbox/x12-files/store.ts';
import type { ControlNumbers } from '../../control-numbers.ts';
import type { ConnectorContext } from '../../connector.ts';
import { countingNumbers } from '../../testing/control-numbers.ts';
import { availityContext } from '../../testing/context.ts';

export type Transport = 'folder' | 'sftp';

export interface Changes {
  readonly config?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface TestClearinghouse {
  readonly store: X12FilesStore;
  readonly fingerprint: string;
  /** A connection over the transport, with the control numbers that all of them share. */
  context(changes?: Changes): ConnectorContext;
  /** Moves both clocks ahead. */
  pass(milliseconds: number): void;
  /** The clearinghouse does its work once. */
  sweep(): void;
  fail(...next: readonly Fault[]): void;
  names(folder: 'inbox' | 'outbox' | 'archive/new' | 'archive/received' | 'archive/sent'): string[];
  /** Leaves a file in the inbox, as the clearinghouse would. */
  leave(name: string, text: string): void;
  text(folder: string, name: string): string;
  stop(): Promise<void>;
}

export async function startClearinghouse(transport: Transport): Promise<TestClearinghouse> {
  const folder = mkdtempSync(join(tmpdir(), 'gait-x12-files-'));
  const store = new X12FilesStore(folder);
  const adjudication = new AdjudicationStore(folder);
  const desk = new PayersDesk(adjudication, new Post(adjudication, { x12Files: filesCarrier(store) }));
  const sftp = await startSftp(store, 0);
  const numbers: ControlNumbers = countingNumbers();
  let ahead = 0;
  const now = (): Date => new Date(Date.now() + ahead);
  const root = transport === 'folder' ? store.root : '';
  return {
    store,
    fingerprint: sftp.fingerprint,
    context: ({ config = {}, secrets = { password: sftpPassword } } = {}) => ({
      ...availityContext({ url: '', now }),
      config: {
        transport,
        outbox: `${root}/outbox`,
        inbox: `${root}/inbox`,
        archive: `${root}/archive`,
        senderId: 'CLINIC',
        receiverId: 'CLEARING',
        usage: 'test',
        settleSeconds: 0.05,
        answerSeconds: 60,
        ...(transport === 'folder'
          ? {}
          : { host: '127.0.0.1', port: sftp.port, username: sftpUser, hostKey: sftp.fingerprint }),
        ...config,
      },
      secrets,
      controlNumbers: numbers,
    }),
    pass: (milliseconds) => {
      ahead += milliseconds;
    },
    sweep: () => {
      sweep(store, desk, now());
    },
    fail: (...next) => {
      store.faults = [...store.faults, ...next];
    },
    names: (of) => {
      try {
        return readdirSync(join(store.root, of)).filter((name) => !name.startsWith('.'));
      } catch {
        return [];
      }
    },
    leave: (name, text) => {
      writeFileSync(join(store.root, 'inbox', name), text);
    },
    text: (of, name) => readFileSync(join(store.root, of, name), 'utf8'),
    stop: async () => {
      await sftp.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
