// Where everything of an authorization's timeline lies in pixels: pure, so that the picture can be tested without a browser.
import type { Period, Projection } from '../api.ts';
import { dateOfDay, dayNumber } from '../dates.ts';
import { quantityInWords } from '../words.ts';

export interface TimelineInput {
  readonly today: string;
  readonly periods: readonly Period[];
  readonly visits: readonly { readonly date: string; readonly status: string }[];
  readonly projection: Projection | null;
}

export interface Bar {
  readonly kind: 'requested' | 'approved' | 'denied';
  readonly x: number;
  readonly width: number;
  readonly lane: number;
  readonly label: string;
}

export interface Dot {
  readonly x: number;
  readonly row: number;
  readonly state: 'arrived' | 'booked' | 'uncovered';
}

export interface Marker {
  readonly kind: 'today' | 'act-by' | 'runs-out';
  readonly x: number;
  readonly date: string;
  readonly row: number;
  readonly anchor: 'start' | 'end';
}

export interface Timeline {
  readonly left: number;
  readonly right: number;
  readonly lanes: number;
  readonly visitRows: number;
  readonly bars: readonly Bar[];
  readonly dots: readonly Dot[];
  readonly markers: readonly Marker[];
  readonly band: { readonly x: number; readonly width: number; readonly days: number } | null;
  readonly ticks: readonly { readonly x: number; readonly date: string }[];
}

/** Room that the words of a marker need, in pixels. */
const markerWidth = 150;

const isDay = (date: string | null | undefined): date is string =>
  typeof date === 'string' && !Number.isNaN(dayNumber(date));

/** Lays a timeline out over `width` pixels; `left` pixels are kept for the names of the lanes. */
export function timelineGeometry(input: TimelineInput, width: number, left: number): Timeline {
  const { today, periods, visits, projection } = input;
  const days = [
    today,
    ...periods.flatMap((period) => [period.from, period.to]),
    ...visits.map((visit) => visit.date),
    projection?.actBy,
    projection?.runsOutOn,
  ]
    .filter(isDay)
    .map(dayNumber);
  const first = Math.min(...days) - 3;
  const last = Math.max(...days) + 4;
  const right = width - 12;
  const perDay = (right - left) / (last - first);
  const x = (date: string): number => left + (dayNumber(date) - first) * perDay;

  const bars: Bar[] = [];
  let lanes = 0;
  for (const period of [...periods].sort((a, b) => a.sequence - b.sequence)) {
    if (!isDay(period.from) || !isDay(period.to)) continue;
    const from = x(period.from);
    const span = Math.max(x(period.to) + perDay - from, 3);
    bars.push({
      kind: 'requested',
      x: from,
      width: span,
      lane: lanes,
      label: `requested: ${quantityInWords(period.requested)}`,
    });
    lanes += 1;
    if (period.status === 'approved' || period.status === 'partlyApproved') {
      bars.push({
        kind: 'approved',
        x: from,
        width: span,
        lane: lanes,
        label: `approved: ${quantityInWords(period.approved)}`,
      });
      lanes += 1;
    } else if (period.status === 'denied') {
      bars.push({ kind: 'denied', x: from, width: span, lane: lanes, label: 'denied' });
      lanes += 1;
    }
  }

  const uncoveredFrom = projection?.firstUncoveredVisit?.date ?? null;
  const seen = new Map<string, number>();
  const dots = visits
    .filter((visit) => isDay(visit.date) && (visit.status === 'arrived' || visit.status === 'booked'))
    .map((visit): Dot => {
      const row = seen.get(visit.date) ?? 0;
      seen.set(visit.date, row + 1);
      const uncovered = visit.status === 'booked' && uncoveredFrom !== null && visit.date >= uncoveredFrom;
      return {
        x: x(visit.date) + perDay / 2,
        row,
        state: uncovered ? 'uncovered' : visit.status === 'arrived' ? 'arrived' : 'booked',
      };
    });

  const dated: [Marker['kind'], string | null][] = [
    ['today', today],
    ['act-by', projection?.actBy ?? null],
    ['runs-out', projection?.runsOutOn ?? null],
  ];
  const markers = dated
    .flatMap(([kind, date]) => (isDay(date) ? [{ kind, date }] : []))
    .sort((a, b) => dayNumber(a.date) - dayNumber(b.date))
    .map(({ kind, date }, row): Marker => {
      const at = x(date) + perDay / 2;
      return { kind, date, x: at, row, anchor: at + markerWidth > right ? 'end' : 'start' };
    });

  const turnaround = projection?.turnaround.days ?? null;
  const band =
    isDay(projection?.actBy) && turnaround !== null && turnaround > 0
      ? { x: x(projection.actBy), width: Math.min(turnaround * perDay, right - x(projection.actBy)), days: turnaround }
      : null;

  const step = [7, 14, 28, 56, 112].find((size) => size * perDay >= 58) ?? 224;
  const monday = first + ((7 - ((first + 3) % 7)) % 7);
  const ticks: { x: number; date: string }[] = [];
  for (let day = monday; day <= last; day += step)
    ticks.push({ x: left + (day - first) * perDay, date: dateOfDay(day) });
  const visitRows = Math.max(1, ...dots.map((dot) => dot.row + 1));
  return { left, right, lanes, visitRows, bars, dots, markers, band, ticks };
}
