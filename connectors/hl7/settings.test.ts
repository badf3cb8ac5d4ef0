// The settings of HL7: defaults that are safe, and every wrong one named.
import { expect, test } from 'vitest';
import { readHl7Settings } from './settings.ts';

test('what is not said is the usual', () => {
  expect(readHl7Settings({ dropFolder: '/x', hl7: { listen: { port: 2575 } } })).toMatchObject({
    listen: { host: '127.0.0.1', allowFrom: [], maxConnections: 8, idleSeconds: 3600 },
    processing: ['P'],
    charset: 'utf-8',
    identifier: {},
    appointmentId: 'filler',
    ownApplication: 'GAIT',
    words: {},
  });
});

test.each([
  [{}, 'hl7'],
  [{ hl7: 'yes' }, 'hl7'],
  [{ hl7: { folder: 'relative' } }, 'hl7/folder'],
  [{ hl7: { listen: {} } }, 'hl7/listen/port'],
  [{ hl7: { listen: { port: 2575, host: '0.0.0.0' } } }, 'hl7/listen/allowFrom'],
  [{ hl7: { listen: { port: 2575, allowFrom: ['10.0.0.0/8', 'everybody'] } } }, 'hl7/listen/allowFrom/1'],
  [{ hl7: { listen: { port: 2575, allowFrom: ['10.0.0.0/33'] } } }, 'hl7/listen/allowFrom/0'],
  [{ hl7: { send: { host: 'a' } } }, 'hl7/send'],
  [{ hl7: { send: { host: 'a', port: 1, folder: '/out' } } }, 'hl7/send'],
  [{ hl7: { send: { folder: 'out' } } }, 'hl7/send/folder'],
  [{ hl7: { zone: 'Nowhere/Land' } }, 'hl7/zone'],
  [{ hl7: { nosuch: 1 } }, 'hl7/nosuch'],
  [{ hl7: { words: { gender: { female: [''] } } } }, 'hl7/words/gender/female/0'],
])('%j is wrong at %s', (config, where) => {
  expect(() => readHl7Settings(config)).toThrow(expect.objectContaining({ code: 'input.invalid', where }));
});
