// Serves the built console: its files, and its one page for every other path below /console.
import { extname } from 'node:path';
import { GaitError } from '../../domain/errors.ts';
import type { Services } from '../services.ts';
import type { Endpoint } from './endpoint.ts';
import { endpoint } from './endpoint.ts';
import type { Reply } from './reply.ts';
import { fileReply, reply } from './reply.ts';

/** `GET /console/*`; the root leads there. */
export function consoleFiles({ config }: Services): Endpoint[] {
  const file = (path: string): Promise<Reply> => {
    const root = config.consoleDist;
    if (root === null) {
      const fix = 'Build it and set GAIT_CONSOLE_DIST to its folder.';
      return Promise.reject(new GaitError('reference.unknown', 'No console is served here.', { fix }));
    }
    // The console routes by path in the browser: what is no file is its page.
    return Promise.resolve(
      fileReply(root, extname(path) === '' ? 'index.html' : path, { 'cache-control': 'no-cache' }),
    );
  };
  const access = { kind: 'public' } as const;
  const onward = (): Promise<Reply> => Promise.resolve(reply(302, {}, { location: '/console/' }));
  return [
    endpoint({ method: 'GET', path: '/', access, handle: onward }),
    endpoint({ method: 'GET', path: '/console', access, handle: () => file('index.html') }),
    endpoint({ method: 'GET', path: '/console/*file', access, handle: ({ params }) => file(params.file) }),
  ];
}
