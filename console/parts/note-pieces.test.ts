import { expect, test } from 'vitest';
import type { ShownNoteFinding } from '../notes.ts';
import { piecesOf } from './note-pieces.ts';

const sentence = {
  text: 'Left knee flexion is 110 degrees; [not recorded: pain after].',
  sources: [{ from: 21, to: 24, pointer: '/session/rangeOfMotion/0/degrees', value: 110 }],
  gaps: [{ from: 34, to: 60 }],
};
const trace = { section: 0, sentence: 0, from: 21, to: 32, pointers: ['/session/rangeOfMotion/0'] };
const gap = { key: 'g1', section: 0, sentence: 0, from: 34, to: 60, text: '', resolution: null };
const finding: ShownNoteFinding = {
  key: 'f1',
  class: 'side',
  severity: 'block',
  section: 0,
  sentence: 0,
  from: 0,
  to: 4,
  message: 'The record says right.',
  fix: 'Correct the side.',
  pointers: [],
  mayStand: true,
  resolution: null,
};

test('a sentence is cut at its values, gaps and findings, and its pieces joined are its text', () => {
  const pieces = piecesOf(sentence, { traces: [trace], gaps: [gap], findings: [finding] });
  expect(pieces.map(({ text }) => text).join('')).toBe(sentence.text);
  expect(pieces.map(({ text, gap: of, findings }) => [text, of, findings])).toEqual([
    ['Left', null, ['f1']],
    [' knee flexion is ', null, []],
    ['110 degrees', null, []],
    ['; ', null, []],
    ['[not recorded: pain after]', 'g1', []],
    ['.', null, []],
  ]);
});

test('a value names the place it cites and the place the verifier traced it to', () => {
  const pieces = piecesOf(sentence, { traces: [trace], gaps: [], findings: [] });
  expect(pieces.filter(({ pointers }) => pointers.length > 0).map(({ text, pointers }) => [text, pointers])).toEqual([
    ['110 degrees', ['/session/rangeOfMotion/0/degrees', '/session/rangeOfMotion/0']],
  ]);
});

test('a settled finding marks nothing', () => {
  const settled = {
    ...finding,
    resolution: { key: 'f1', how: 'stands', reason: 'Seen', by: 'usr_1', at: '2026-01-01' },
  } as const;
  expect(piecesOf(sentence, { traces: [], gaps: [], findings: [settled] })[0]?.text).toMatch(/^Left knee/);
});
