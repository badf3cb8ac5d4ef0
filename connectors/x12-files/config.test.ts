// The settings of X12 Files, names of files and the clock of an envelope.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readX12FilesConfig } from './config.ts';
import { wallClock } from './envelope.ts';
import { isSafeName } from '../files/files.ts';
import { sortFile } from './sort.ts';

const folders = { outbox: '/x/out', inbox: '/x/in', archive: '/x/kept' };
const config = { transport: 'folder', ...folders, senderId: 'CLINIC', receiverId: 'HOUSE', usage: 'test' };

test.each([
  ['a folder inside another', { archive: '/x/in/kept' }, 'archive'],
  ['one folder for two things', { outbox: '/x/in/' }, 'archive'],
  ['claim files inside the outbox', { claims: '/x/out/claims' }, 'archive'],
  ['a folder that climbs', { inbox: '/x/../etc' }, 'inbox'],
  ['a relative folder', { inbox: 'in' }, 'inbox'],
  ['SFTP without a host', { transport: 'sftp', username: 'u', hostKey: `SHA256:${'A'.repeat(43)}` }, 'host'],
  ['SFTP without a host key', { transport: 'sftp', username: 'u', host: 'h' }, 'hostKey'],
  ['an MD5 fingerprint', { hostKey: 'MD5:aa:bb' }, 'hostKey'],
  ['a sender id wider than ISA06', { senderId: 'CLINICCLINICCLINIC' }, 'senderId'],
  ['an unknown zone', { zone: 'Mars/Olympus' }, 'zone'],
])('%s is refused by name', (_what, changes, where) => {
  expect(() => readX12FilesConfig({ ...config, ...changes })).toThrow(expect.objectContaining({ where }));
});

test('the day of an envelope is the one the sender’s clocks show', () => {
  const now = new Date('2026-11-22T03:05:00Z');
  expect(wallClock(now, 'America/Chicago')).toEqual({ date: '2026-11-21', time: '2105' });
  expect(wallClock(now, 'UTC')).toEqual({ date: '2026-11-22', time: '0305' });
});

test('a name that a server gives never leaves its folder', () => {
  for (const name of ['../x', '..', '.', '.x', 'a/b', 'a\\b', '', 'a\0b', 'a\nb', '/x'])
    expect(isSafeName(name)).toBe(false);
  fc.assert(fc.property(fc.string(), (name) => !isSafeName(name) || !/[/\\]|^\./.test(name)));
});

test('an X12 file that is cut anywhere before its last segment is not whole', () => {
  const text = [
    'ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *261121*1200*^*00501*000000007*0*T*:',
    'GS*HP*PAYER*CLINIC*20261121*1200*7*X*005010X221A1',
    'ST*835*0001*005010X221A1',
    'BPR*H*0*C*NON',
    'SE*3*0001',
    'GE*1*7',
    'IEA*1*000000007',
    '',
  ].join('~');
  expect(sortFile(Buffer.from(text))).toMatchObject({ isWhole: true, isDamaged: false, kinds: ['835'] });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: text.length - 2 }), (length) => {
      expect(sortFile(Buffer.from(text.slice(0, length))).isWhole).toBe(false);
    }),
  );
});

test('any bytes are sorted without a throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => sortFile(bytes).kinds.length > 0));
});
