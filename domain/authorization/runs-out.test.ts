// When authorizations of the field run out, with the sentence staff read.
import { expect, test } from 'vitest';
import { runsOut } from './runs-out.ts';
import { authorization, period, policy, schedule, visit } from './testing/cases.ts';

// 2026-04-14 is a Tuesday; Tue/Thu/Sat are the days 0, 2 and 4 of a week that begins on it.
const threeAWeek = schedule('2026-04-14', 18, [0, 2, 4]);
const now = { date: '2026-04-14' };

test('12 visits at 3 a week with the end date 60 days away run out on visits, at visit 13 (peers §5.1)', () => {
  const result = runsOut(authorization({ periods: [period({ to: '2026-06-13' })] }), threeAWeek, policy(), now);
  expect(result).toMatchObject({
    state: 'runsOut',
    limitedBy: 'visits',
    runsOutOn: '2026-05-12',
    firstUncoveredVisit: { date: '2026-05-12', appointment: 'appt_20260512', number: 13, of: 12 },
    actBy: '2026-05-04',
    visits: { approved: 12, used: 0, booked: 18, left: 12 },
  });
  expect(result.reason).toBe('Runs out Tue 12 May (visit 13 of 12); payer takes 7 days; send by 4 May');
});

test('arrived visits consume, booked ones project, cancelled and missed ones do not count', () => {
  const statuses = ['arrived', 'cancelled', 'missed', 'arrived'] as const;
  const visits = threeAWeek.map((one, index) => ({ ...one, status: statuses[index] ?? ('booked' as const) }));
  const result = runsOut(authorization(), visits, policy(), { date: '2026-04-22' });
  expect(result.firstUncoveredVisit).toMatchObject({ date: '2026-05-16', number: 13, of: 12 });
  expect(result.visits).toMatchObject({ used: 2, left: 10 });
});

test('another patient’s visits are nobody’s business here', () => {
  const foreign = threeAWeek.map((appointment) => ({ ...appointment, patient: 'pat_2' }));
  expect(runsOut(authorization(), [...threeAWeek, ...foreign], policy(), now).visits.booked).toBe(18);
});

test('the end date limits if it comes before the visits are used up', () => {
  const result = runsOut(authorization({ periods: [period({ to: '2026-05-01' })] }), threeAWeek, policy(), now);
  expect(result).toMatchObject({
    state: 'runsOut',
    limitedBy: 'endDate',
    runsOutOn: '2026-05-01',
    firstUncoveredVisit: { date: '2026-05-02', number: null, of: null },
    actBy: '2026-04-24',
  });
  expect(result.reason).toBe('Ends Fri 1 May; first visit after that Sat 2 May; payer takes 7 days; send by 24 Apr');
});

test('the last day of an authorization still covers', () => {
  const result = runsOut(
    authorization({ periods: [period({ to: '2026-04-14' })] }),
    [visit('2026-04-14')],
    policy(),
    now,
  );
  expect(result).toMatchObject({ state: 'covered', firstUncoveredVisit: null, runsOutOn: '2026-04-14', actBy: null });
});

test('units run out before visits where the payer counts units', () => {
  const periods = [period({ approved: { visits: 12, units: 20 } })];
  const visits = schedule('2026-04-14', 9, [0, 2, 4], { units: 4 });
  const result = runsOut(authorization({ periods }), visits, policy(), now);
  expect(result).toMatchObject({
    limitedBy: 'units',
    firstUncoveredVisit: { date: '2026-04-25' },
    units: { approved: 20, used: 0, booked: 20, left: 20 },
  });
  expect(result.reason).toMatch(/^Runs out Sat 25 Apr \(more than the 20 units approved\)/);
});

test('units of a visit that nobody told are unknown, not none', () => {
  const periods = [period({ approved: { visits: null, units: 20 } })];
  const result = runsOut(
    authorization({ periods }),
    [visit('2026-04-14'), visit('2026-04-16', { units: 4 })],
    policy(),
    now,
  );
  expect(result.units).toEqual({ approved: 20, used: null, booked: null, left: null });
  expect(result.reason).toContain('units of some visits unknown');
});

test('the third visit of a week is uncovered where two a week are approved', () => {
  const periods = [period({ weekLimit: { visits: 2, weeks: 8 } })];
  const visits = schedule('2026-04-13', 6, [0, 2, 4]);
  const result = runsOut(authorization({ periods }), visits, policy(), now);
  expect(result).toMatchObject({ limitedBy: 'weekLimit', runsOutOn: '2026-04-17', state: 'runsOut' });
  expect(result.reason).toMatch(/^Runs out Fri 17 Apr \(more than 2 visits in its week\)/);
});

test('a visit that took place although its week was full still takes one of the visits', () => {
  const periods = [period({ approved: { visits: 3, units: null }, weekLimit: { visits: 1, weeks: 8 } })];
  const visits = [
    visit('2026-04-13', { status: 'arrived' }),
    visit('2026-04-15', { status: 'arrived' }),
    visit('2026-04-20'),
    visit('2026-04-27'),
  ];
  const result = runsOut(authorization({ periods }), visits, policy(), { date: '2026-04-16' });
  expect(result.visits).toMatchObject({ used: 2, left: 1 });
  expect(result.firstUncoveredVisit).toMatchObject({ date: '2026-04-27', number: 4, of: 3 });
});

test('six visits within eight weeks end with the eighth week, whatever the end date says', () => {
  const periods = [
    period({ approved: { visits: 6, units: null }, weekLimit: { visits: 3, weeks: 8 }, to: '2026-12-31' }),
  ];
  const result = runsOut(authorization({ periods }), [visit('2026-05-26'), visit('2026-05-27')], policy(), now);
  expect(result).toMatchObject({
    limitedBy: 'weekLimit',
    runsOutOn: '2026-05-26',
    firstUncoveredVisit: { date: '2026-05-27' },
  });
});

test('a gap longer than the payer allows ends the authorization at the next visit', () => {
  const visits = [visit('2026-04-14', { status: 'arrived' }), visit('2026-05-20')];
  const byPeriod = runsOut(authorization({ periods: [period({ maxGapDays: 30 })] }), visits, policy(), now);
  expect(byPeriod).toMatchObject({
    limitedBy: 'gap',
    runsOutOn: '2026-05-20',
    firstUncoveredVisit: { date: '2026-05-20' },
  });
  const byPolicy = runsOut(authorization(), visits, policy({ gapRuleDays: 36 }), now);
  expect(byPolicy).toMatchObject({ limitedBy: 'gap', state: 'covered', runsOutOn: '2026-06-25' });
});

test('an authorization nobody used for longer than the gap has ended', () => {
  const visits = [visit('2026-04-02', { status: 'arrived' })];
  const result = runsOut(authorization(), visits, policy({ gapRuleDays: 30 }), { date: '2026-05-20' });
  expect(result).toMatchObject({ state: 'ended', limitedBy: 'gap', runsOutOn: '2026-05-02' });
});

test('consecutive periods continue each other', () => {
  const periods = [
    period({ to: '2026-04-30', approved: { visits: 12, units: null } }),
    period({
      sequence: 2,
      kind: 'renewal',
      from: '2026-05-01',
      to: '2026-06-30',
      approved: { visits: 4, units: null },
    }),
  ];
  const result = runsOut(authorization({ periods }), threeAWeek, policy(), now);
  // Eight visits fall in April; 2, 5, 7 and 9 May are the four of the renewal.
  expect(result).toMatchObject({ limitedBy: 'visits', firstUncoveredVisit: { date: '2026-05-12', number: 5, of: 4 } });
});

test('overlapping periods add up, the one that ends first is used first', () => {
  const periods = [
    period({ to: '2026-06-30', approved: { visits: 3, units: null } }),
    period({ sequence: 2, to: '2026-04-20', approved: { visits: 5, units: null } }),
  ];
  const result = runsOut(authorization({ periods }), threeAWeek, policy(), now);
  // 14, 16 and 18 April go to the one that ends on the 20th, 21, 23 and 25 April to the other.
  expect(result.firstUncoveredVisit).toMatchObject({ date: '2026-04-28', number: 4, of: 3 });
  expect(result.visits.approved).toBe(8);
});

test('a gap between two periods leaves the visit in it uncovered', () => {
  const periods = [period({ to: '2026-04-20' }), period({ sequence: 2, from: '2026-04-25', to: '2026-06-30' })];
  const result = runsOut(authorization({ periods }), threeAWeek, policy(), now);
  expect(result).toMatchObject({
    limitedBy: 'endDate',
    runsOutOn: '2026-04-20',
    firstUncoveredVisit: { date: '2026-04-21' },
  });
});

test('a future approval does not cover today', () => {
  const periods = [period({ from: '2026-05-01' })];
  const result = runsOut(authorization({ periods }), threeAWeek, policy(), now);
  expect(result).toMatchObject({
    state: 'runsOut',
    limitedBy: null,
    runsOutOn: '2026-04-14',
    firstUncoveredVisit: { date: '2026-04-14' },
  });
  expect(result.reason).toMatch(/^The approval is not yet in force on Tue 14 Apr/);
});

test.each(['requested', 'pended', 'denied', 'cancelled'] as const)('a %s period covers nothing', (status) => {
  const result = runsOut(authorization({ periods: [period({ status })] }), threeAWeek, policy(), now);
  expect(result).toMatchObject({
    state: 'noApproval',
    runsOutOn: null,
    firstUncoveredVisit: { date: '2026-04-14', number: null },
    visits: { approved: null, left: null, booked: 18 },
  });
});

test('of a partial approval only what was approved counts', () => {
  const periods = [period({ status: 'partlyApproved', approved: { visits: 6, units: null } })];
  expect(runsOut(authorization({ periods }), threeAWeek, policy(), now).firstUncoveredVisit).toMatchObject({
    number: 7,
    of: 6,
  });
});

test.each(['placeholder', 'missing'] as const)('an approval whose number is %s is not counted', (number) => {
  const result = runsOut(authorization({ periods: [period({ number })] }), threeAWeek, policy(), now);
  expect(result).toMatchObject({ state: 'noApproval', firstUncoveredVisit: { date: '2026-04-14' } });
  expect(result.reason).toMatch(/number/);
});

test('a changed coverage holds the authorization from that day on', () => {
  const result = runsOut(authorization({ coverageChangedOn: '2026-04-20' }), threeAWeek, policy(), now);
  expect(result).toMatchObject({ state: 'held', runsOutOn: null, firstUncoveredVisit: { date: '2026-04-21' } });
  expect(result.reason).toBe('Held: the coverage or payer changed; next booked visit Tue 21 Apr');
});

test('nothing runs out where the payer requires no authorization', () => {
  const result = runsOut(authorization({ requiredByPayer: false }), threeAWeek, policy(), now);
  expect(result).toMatchObject({ state: 'notRequired', firstUncoveredVisit: null, actBy: null, runsOutOn: null });
});

test('whether the payer requires one may be unknown, and is said to be', () => {
  const result = runsOut(authorization({ requiredByPayer: null, periods: [] }), threeAWeek, policy(), now);
  expect(result.state).toBe('noApproval');
  expect(result.reason).toContain('unknown');
});

test('an unknown turnaround is replaced by the clinic’s horizon and labelled so', () => {
  const unknown = policy({
    turnaround: { standardDays: null, expeditedHours: null, basis: 'unknown', citation: null },
  });
  const result = runsOut(authorization(), threeAWeek, unknown, now);
  expect(result.turnaround).toEqual({ days: 21, basis: 'clinicHorizon', citation: null });
  expect(result.actBy).toBe('2026-04-20');
  expect(result.reason).toContain("payer's turnaround unknown, clinic's horizon 21 days; send by 20 Apr");
});

test('a day to act by that has passed is said to have passed', () => {
  const result = runsOut(authorization(), threeAWeek, policy(), { date: '2026-05-06' });
  expect(result.reason).toBe('Runs out Tue 12 May (visit 13 of 12); payer takes 7 days; send by 4 May (overdue)');
});

test('unknown approved visits are unknown, never none', () => {
  const periods = [period({ approved: { visits: null, units: null }, to: null })];
  const result = runsOut(authorization({ periods }), threeAWeek, policy(), now);
  expect(result).toMatchObject({
    state: 'covered',
    limitedBy: null,
    runsOutOn: null,
    visits: { approved: null, left: null },
  });
  expect(result.reason).toBe('No known limit is reached; end date unknown; approved visits unknown');
});

test('no visit booked beyond the approved ones: the count is said, no visit is invented', () => {
  const result = runsOut(authorization(), threeAWeek.slice(0, 12), policy(), now);
  expect(result).toMatchObject({
    state: 'runsOut',
    limitedBy: 'visits',
    runsOutOn: '2026-06-30',
    firstUncoveredVisit: null,
    actBy: null,
  });
  expect(result.reason).toBe('All 12 visits are used or booked; no visit is booked beyond them; ends Tue 30 Jun');
});

test('an authorization that is over and a visit still booked', () => {
  const result = runsOut(authorization({ periods: [period({ to: '2026-04-10' })] }), threeAWeek, policy(), now);
  expect(result).toMatchObject({
    state: 'ended',
    runsOutOn: '2026-04-10',
    firstUncoveredVisit: { date: '2026-04-14' },
  });
  expect(result.reason).toMatch(/^Ended Fri 10 Apr; next booked visit Tue 14 Apr/);
});

test('visits used beyond the approval are counted, not hidden', () => {
  const arrived = schedule('2026-04-01', 14, [0], { status: 'arrived' }).map((appointment, index) => ({
    ...appointment,
    ref: `appt_${index}`,
    date: '2026-04-02',
  }));
  const result = runsOut(authorization(), [...arrived, visit('2026-04-20')], policy(), now);
  expect(result.visits).toMatchObject({ approved: 12, used: 14, left: 0 });
  expect(result.firstUncoveredVisit).toMatchObject({ number: 15, of: 12 });
});

test('the PT system’s own count stands for visits older than the schedule at hand', () => {
  const periods = [period({ reportedUsed: { visits: 10, asOf: '2026-04-13' } })];
  const result = runsOut(authorization({ periods }), threeAWeek, policy(), now);
  expect(result.firstUncoveredVisit).toMatchObject({ date: '2026-04-18', number: 13, of: 12 });
  expect(result.visits).toMatchObject({ used: 10, left: 2 });
});

test('a visit of the past that nobody marked still takes one of the visits', () => {
  const result = runsOut(authorization(), threeAWeek, policy(), { date: '2026-04-20' });
  expect(result.firstUncoveredVisit).toMatchObject({ date: '2026-05-12', number: 13 });
});

test('29 February is a day like any other', () => {
  const periods = [period({ from: '2028-02-01', to: '2028-02-29' })];
  const result = runsOut(authorization({ periods }), [visit('2028-02-29'), visit('2028-03-01')], policy(), {
    date: '2028-02-20',
  });
  expect(result).toMatchObject({
    runsOutOn: '2028-02-29',
    firstUncoveredVisit: { date: '2028-03-01' },
    actBy: '2028-02-22',
  });
});

test('a period that ends before it begins is the user’s to correct, and is named', () => {
  const periods = [period(), period({ sequence: 2, from: '2026-06-01', to: '2026-05-01' })];
  expect(() => runsOut(authorization({ periods }), [], policy(), now)).toThrow(
    expect.objectContaining({ code: 'input.invalid', where: 'periods[1]' }),
  );
});

test('no sentence holds a reference or a name', () => {
  const result = runsOut(authorization(), threeAWeek, policy(), now);
  expect(result.reason).not.toMatch(/_|pat|auth/i);
});

test('the visits a payer leaves free need no approval: the seventh is the first that does', () => {
  const free = policy({ authorizationRequired: 'afterVisits', freeVisits: 6 });
  const made = [visit('2026-04-07', { status: 'arrived' }), visit('2026-04-09', { status: 'arrived' })];
  const none = authorization({ periods: [] });
  const result = runsOut(none, [...made, ...threeAWeek.slice(0, 8)], free, now);
  expect(result).toMatchObject({ state: 'noApproval', firstUncoveredVisit: { date: '2026-04-23' } });
  expect(result.reason).toMatch(/^No approval; visit 7 is the first that needs one: Thu 23 Apr/);
  const few = runsOut(none, [...made, ...threeAWeek.slice(0, 4)], free, now);
  expect(few).toMatchObject({ firstUncoveredVisit: null, actBy: null });
  expect(few.reason).toBe('No approval; no visit is booked that needs one (from visit 7 on)');
  const many = schedule('2026-03-24', 8, [0, 2, 4], { status: 'arrived' });
  expect(runsOut(none, [...many, visit('2026-04-16')], free, now).reason).toMatch(
    /^No approval; needed since visit 7; next booked visit Thu 16 Apr/,
  );
});

test('free visits are counted anew each year where the rule says so', () => {
  const yearly = policy({ authorizationRequired: 'afterVisits', freeVisits: 6, freeVisitsPer: 'calendarYear' });
  const lastYear = schedule('2026-12-01', 8, [0, 2, 4], { status: 'arrived' });
  const thisYear = schedule('2027-01-05', 8, [0, 2, 4]);
  const none = authorization({ periods: [] });
  const on = { date: '2027-01-02' };
  expect(runsOut(none, [...lastYear, ...thisYear], yearly, on).firstUncoveredVisit?.date).toBe(thisYear[6]?.date);
  const episode = policy({ ...yearly, freeVisitsPer: 'episode' });
  expect(runsOut(none, [...lastYear, ...thisYear], episode, on).firstUncoveredVisit?.date).toBe(thisYear[0]?.date);
});

test('free visits before an approval begins are not uncovered', () => {
  const free = policy({ authorizationRequired: 'afterVisits', freeVisits: 2 });
  const later = authorization({ periods: [period({ from: '2026-04-18' })] });
  expect(runsOut(later, threeAWeek.slice(0, 6), free, now)).toMatchObject({
    state: 'covered',
    firstUncoveredVisit: null,
  });
  expect(runsOut(later, threeAWeek.slice(0, 6), policy(), now).firstUncoveredVisit?.date).toBe('2026-04-14');
});
