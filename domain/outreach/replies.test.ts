// What patients write back, and what it means.
import { expect, test } from 'vitest';
import { outreachRules } from '../../rules/testing/outreach.ts';
import { readReply } from './replies.ts';

const read = (text: string, day = '2026-11-17') => readReply(outreachRules.replies, text, day);

test.each([
  ['STOP', 'stop'],
  ['Stop.', 'stop'],
  [' stop please!', 'stop'],
  ['Opt-out', 'stop'],
  ['UNSUBSCRIBE', 'stop'],
  ['please stop texting me', 'stop'],
  ['Don’t text this number again', 'stop'],
  ['no más mensajes', 'stop'],
  ['Alto', 'stop'],
  ['CANCEL', 'cancel'],
  ['cancel thanks', 'cancel'],
  ['Cancelar', 'cancel'],
  ['I think you have the wrong number', 'wrongNumber'],
  ['YES', 'yes'],
  ['yes, thank you', 'yes'],
  ['Sí', 'yes'],
  ['C', 'yes'],
  ['no', 'no'],
  ['R', 'reschedule'],
  ['Reschedule please', 'reschedule'],
  ['HELP', 'help'],
  ['START', 'start'],
])('%s means %s', (text, intent) => {
  expect(read(text)).toMatchObject({ intent, mayMeanStop: false });
});

test.each([
  ['I will stop by at the desk tomorrow', true],
  ['can I cancel tomorrow and come Friday?', true],
  ['does the program end next week', true],
  ['running ten minutes late', false],
  ['yes but can we do 10 instead', false],
  ['', false],
])('%s is for a person; may it mean stop: %s', (text, mayMeanStop) => {
  expect(read(text)).toEqual({ intent: 'free', mayMeanStop, row: null, language: null });
});

test('the answer goes back in the language of the word, and the row is named', () => {
  expect(read('baja')).toMatchObject({ language: 'es', row: 'gait/revocation-words-es' });
  expect(read('stop')).toMatchObject({ language: 'en', row: 'us-federal/revocation-words' });
});

test('before a row takes effect its words are free text', () => {
  expect(read('stop', '2025-04-10')).toMatchObject({ intent: 'free' });
});
