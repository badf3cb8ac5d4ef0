// The synthetic clinic is repeatable, believable, and holds every condition it promises, whatever the seed and the day.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mondayOf, addDays } from './calendar.ts';
import { coverageRows } from '../webpt/write-export.ts';
import { generateClinic } from './generate.ts';
import { conditions } from './model.ts';
import { onePatient } from './one-patient.ts';
import { overlaps } from './overlap.ts';
import type { Clinic, ClinicAuthorization, Condition } from './model.ts';

const today = '2026-11-18';
const clinic = generateClinic({ seed: 1, today, canary: null });

function recordsWith(one: Clinic, condition: Condition): string[] {
  return Object.entries(one.conditions).flatMap(([record, found]) => (found === condition ? [record] : []));
}

function periodsOf(one: Clinic, record: string): ClinicAuthorization[] {
  return one.authorizations.filter(({ recordNumber }) => recordNumber === record);
}

const anyClinic = fc
  .record({ seed: fc.nat(1_000_000), day: fc.integer({ min: 0, max: 700 }) })
  .map(({ seed, day }) => generateClinic({ seed, today: addDays('2026-01-05', day), canary: null }));

test('the same seed and day give the same clinic, another seed another one', () => {
  expect(generateClinic({ seed: 1, today, canary: null })).toEqual(clinic);
  expect(generateClinic({ seed: 2, today, canary: null })).not.toEqual(clinic);
});

test('sixty patients of sixty names, four payers, about 120 visits a week over fourteen weeks', () => {
  fc.assert(
    fc.property(anyClinic, (one) => {
      expect(one.patients).toHaveLength(60);
      expect(new Set(one.patients.map(({ name }) => `${name.given} ${name.family}`)).size).toBe(60);
      expect(new Set(one.patients.map(({ coverage }) => coverage.payerId)).size).toBe(4);
      const weeks = Map.groupBy(one.visits, ({ date }) => mondayOf(date));
      expect(weeks.size).toBe(14);
      expect(one.visits.length / 14).toBeGreaterThan(110);
      expect(one.visits.length / 14).toBeLessThan(130);
      for (const visits of weeks.values()) {
        expect(visits.length).toBeGreaterThan(85);
        expect(visits.length).toBeLessThan(155);
      }
    }),
    { numRuns: 20 },
  );
});

test('what is past has happened, what is ahead is booked, and no therapist sees two at once', () => {
  fc.assert(
    fc.property(anyClinic, (one) => {
      const therapistOf = new Map(
        one.patients.map(({ recordNumber, renderingProvider }) => [recordNumber, renderingProvider?.name]),
      );
      const taken = new Set<string>();
      for (const { date, time, recordNumber, status } of one.visits) {
        expect(date < one.today ? ['arrived', 'cancelled', 'missed'] : ['booked', 'cancelled']).toContain(status);
        const slot = `${therapistOf.get(recordNumber)} ${date} ${time}`;
        expect(taken.has(slot)).toBe(false);
        taken.add(slot);
      }
    }),
    { numRuns: 10 },
  );
});

test('every condition is there in every clinic, twice where it needs somebody', () => {
  fc.assert(
    fc.property(anyClinic, (one) => {
      for (const condition of conditions) {
        const expected = condition === 'covered' ? 28 : 2;
        expect(recordsWith(one, condition)).toHaveLength(expected);
      }
    }),
    { numRuns: 10 },
  );
});

describe('a condition is what it says', () => {
  const booked = (record: string) =>
    clinic.visits.filter(({ recordNumber, status }) => recordNumber === record && status === 'booked');

  test('visits run out long before the date', () => {
    for (const record of recordsWith(clinic, 'visitsBeforeDate')) {
      const [period] = periodsOf(clinic, record);
      const left = (period?.approved.visits ?? 0) - (period?.visitsUsed ?? 0);
      expect(booked(record).length).toBeGreaterThan(left);
      expect(booked(record)[left]?.date.localeCompare(period?.to ?? '')).toBe(-1);
    }
  });

  test('the date comes before the visits run out', () => {
    for (const record of recordsWith(clinic, 'byDate')) {
      const [period] = periodsOf(clinic, record);
      expect(booked(record).some(({ date }) => date > (period?.to ?? ''))).toBe(true);
      expect(booked(record).length).toBeLessThan((period?.approved.visits ?? 0) - (period?.visitsUsed ?? 0));
    }
  });

  test('units alone limit', () => {
    for (const record of recordsWith(clinic, 'byUnits')) {
      const [period] = periodsOf(clinic, record);
      const units = clinic.visits.filter(
        ({ recordNumber, status }) => recordNumber === record && (status === 'arrived' || status === 'booked'),
      );
      expect(period?.approved.visits).toBeNull();
      expect(units.reduce((sum, visit) => sum + (visit.units ?? 0), 0)).toBeGreaterThan(
        period?.approved.units ?? Infinity,
      );
    }
  });

  test('three are booked in a week that allows two', () => {
    for (const record of recordsWith(clinic, 'weekLimit')) {
      const weeks = Map.groupBy(booked(record), ({ date }) => mondayOf(date));
      expect(periodsOf(clinic, record)[0]?.weekLimit?.visits).toBe(2);
      expect(Math.max(...[...weeks.values()].map((visits) => visits.length))).toBe(3);
    }
  });

  test('a renewal is pending beyond seven days, another is denied with a reason, another is partly approved', () => {
    for (const record of recordsWith(clinic, 'pendingPastTurnaround')) {
      expect(periodsOf(clinic, record)[1]).toMatchObject({
        status: 'pended',
        submittedOn: addDays(today, -12),
        number: null,
      });
    }
    for (const record of recordsWith(clinic, 'denied')) {
      expect(periodsOf(clinic, record)[1]?.status).toBe('denied');
      expect(periodsOf(clinic, record)[1]?.reason).toMatch(/\w/);
    }
    for (const record of recordsWith(clinic, 'partlyApproved')) {
      expect(periodsOf(clinic, record)[1]).toMatchObject({
        status: 'partlyApproved',
        requested: { visits: 18 },
        approved: { visits: 8 },
      });
    }
  });

  test('numbers are 0000, TBD and empty; a plan waits without any authorization; a coverage has changed', () => {
    const numbers = (condition: Condition) =>
      recordsWith(clinic, condition).map((record) => periodsOf(clinic, record)[0]?.number);
    expect(numbers('placeholderZeros')).toEqual(['0000', '0000']);
    expect(numbers('placeholderTbd')).toEqual(['TBD', 'TBD']);
    expect(numbers('numberMissing')).toEqual([null, null]);
    for (const record of recordsWith(clinic, 'initialNeeded')) {
      expect(periodsOf(clinic, record)).toEqual([]);
      expect(booked(record).length).toBeGreaterThan(5);
    }
    for (const record of recordsWith(clinic, 'changedCoverage')) {
      const patient = clinic.patients.find(({ recordNumber }) => recordNumber === record);
      expect(periodsOf(clinic, record)[0]?.payerId).not.toBe(patient?.coverage.payerId);
      expect(patient?.coverage.from).toBe(addDays(today, -9));
    }
  });

  test('one element alone is missing for a renewal', () => {
    for (const record of recordsWith(clinic, 'missingElement')) {
      const patient = clinic.patients.find(({ recordNumber }) => recordNumber === record);
      const { progress, ...rest } = patient?.clinical ?? { progress: '' };
      expect(progress).toBeNull();
      expect(Object.values(rest)).not.toContain(null);
    }
  });
});

test('the canary stands in every text that identifies, and placeholders stay placeholders', () => {
  const token = 'ZZ-CANARY-77';
  const marked = generateClinic({ seed: 1, today, canary: token });
  for (const { name, contact, address, coverage, clinical, diagnoses, recordNumber } of marked.patients) {
    const texts = [
      recordNumber,
      name.given,
      name.family,
      contact.phone,
      address?.line,
      address?.city,
      address?.state,
      address?.postalCode,
      coverage.memberId,
      coverage.planName,
      clinical.goals,
      clinical.limitations,
      diagnoses.at(-1)?.code,
    ];
    expect(texts.every((text) => text?.includes(token))).toBe(true);
  }
  expect(marked.authorizations.map(({ number }) => number)).toContain('0000');
  expect(() => generateClinic({ seed: 1, today, canary: 'a b' })).toThrow('canary');
});

test('every fifth patient has a second payer, exported as a row of its own', () => {
  const second = clinic.patients.filter(({ further }) => further.length > 0);
  expect(second).toHaveLength(12);
  for (const { coverage, further } of second) {
    expect(further).toMatchObject([{ order: 'secondary', relationship: 'spouse' }]);
    expect(further[0]?.payerId).not.toBe(coverage.payerId);
  }
  expect(coverageRows(clinic.patients)).toHaveLength(72);
});

test('a patient as somebody new comes when their therapist has time, so that a visit given up leaves its hour free', () => {
  const only = { condition: 'visitsBeforeDate', payer: 'harbor-health', mark: 'NEW1' } as const;
  const { visits } = onePatient(clinic, only);
  expect(visits.length).toBeGreaterThan(5);
  expect(visits.filter((visit) => clinic.visits.some((other) => overlaps(visit, other)))).toEqual([]);
});
