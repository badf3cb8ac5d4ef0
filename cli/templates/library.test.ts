// What a consultant types with --set is checked before anything is made in n8n.
import { expect, test } from 'vitest';
import { settings } from '../templates.ts';
import { parameterValues, readTemplate, templateIds } from './library.ts';

const { manifest } = readTemplate('prior-authorization');

test('what is left out takes the default of the manifest; a count is a number', () => {
  expect(parameterValues(manifest, { syncEveryMinutes: '5', timezone: 'America/Chicago' })).toEqual({
    webpt: 'WebPT',
    availity: 'Availity',
    timezone: 'America/Chicago',
    syncEveryMinutes: 5,
    morningReportAt: '06:00',
  });
});

test.each([
  [{ timezone: 'Mars/Olympus' }, '--set timezone', /look like America/],
  [{ timezone: 'DEFAULT' }, '--set timezone', /look like America/],
  [{ morningReportAt: '6' }, '--set morningReportAt', /look like 06:00/],
  [{ syncEveryMinutes: '0' }, '--set syncEveryMinutes', />= 1/],
  [{ syncEveryMinutes: 'often' }, '--set syncEveryMinutes', /integer/],
  [{ payer: 'x' }, '--set payer', /no parameter "payer"/],
])('%j is refused with what, where and how to fix it', (given, where, message) => {
  const words: unknown = { code: 'input.invalid', where };
  const check = () => parameterValues(manifest, given);
  expect(check).toThrow(expect.objectContaining(Object(words)));
  expect(check).toThrow(message);
});

test('all mistakes are told at once', () => {
  expect(() => parameterValues(manifest, { payer: 'x', morningReportAt: '25:00' })).toThrow(
    expect.objectContaining({ where: '--set payer, --set morningReportAt' }),
  );
});

test('a value may hold an equals sign, a pair without one is refused', () => {
  expect(settings(['webpt=Main = North', 'webpt=Main=South'])).toEqual({ webpt: 'Main=South' });
  expect(() => settings(['timezone'])).toThrow('"timezone" is not KEY=VALUE.');
});

test('a template that is not there is refused with those that are', () => {
  expect(() => readTemplate('prior-auth')).toThrow(
    expect.objectContaining({ code: 'reference.unknown', fix: `Choose one of: ${templateIds().join(', ')}.` }),
  );
});
