// Offers by channel, language and payer class: what is shown, and which cells are too small to be.
import { expect, test } from 'vitest';
import { waitlistRule } from '../../rules/testing/scheduling.ts';
import { equity } from './equity.ts';
import type { EquityLine } from './equity.ts';

const { smallCell } = waitlistRule.equity;

function lines(count: number, more: Partial<EquityLine>, prefix = ''): EquityLine[] {
  return Array.from({ length: count }, (_, index) => ({
    patient: `pat_${prefix}${index}`,
    eligible: true,
    outcome: null,
    channel: 'text',
    language: 'en',
    payerClass: 'commercial',
    ...more,
  }));
}

test('CMS cell suppression: ten people are not shown, eleven are, and a lone hidden cell hides the next smallest too', () => {
  const report = equity(
    [...lines(40, {}, 'a'), ...lines(12, { language: 'es' }, 'b'), ...lines(10, { language: 'vi' }, 'c')],
    smallCell,
  );
  expect(report.groups.language.map(({ value, people }) => [value, people])).toEqual([
    ['en', 40],
    ['es', null],
    ['vi', null],
  ]);
  expect(equity(lines(11, {}), smallCell).total.people).toBe(11);
  expect(equity(lines(10, {}), smallCell).total.people).toBeNull();
});

test('the same person thrice is one person: lines do not make a cell large', () => {
  expect(equity([...lines(5, {}), ...lines(5, {}), ...lines(5, {})], smallCell).total.people).toBeNull();
});

test('offers are told of the eligible, acceptances of the offers, each with its interval; no offers gives no share', () => {
  const report = equity(
    [
      ...lines(20, { outcome: 'accepted' }, 'a'),
      ...lines(20, { outcome: 'expired' }, 'b'),
      ...lines(40, { channel: 'voice' }, 'c'),
      ...lines(15, { channel: 'voice', outcome: 'undelivered' }, 'd'),
    ],
    smallCell,
  );
  const [text, voice] = report.groups.channel;
  expect(text).toMatchObject({ value: 'text', offers: 40, acceptances: 20, accepted: { share: 0.5 } });
  expect(text?.accepted?.low).toBeCloseTo(0.352, 3);
  expect(text?.accepted?.high).toBeCloseTo(0.648, 3);
  expect(voice).toMatchObject({ value: 'voice', eligible: 55, offers: 0, accepted: null });
});

test('an unknown language is a group of its own, not English', () => {
  const report = equity([...lines(30, {}, 'a'), ...lines(12, { language: null }, 'b')], smallCell);
  expect(report.groups.language.map(({ value, people }) => [value, people])).toEqual([
    ['en', 30],
    [null, 12],
  ]);
});
