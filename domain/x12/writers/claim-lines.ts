// The service lines of an 837P, and the parts that lines and claims share, as segments.
import type {
  Adjudication,
  Adjustment,
  ClaimDate,
  ClaimLine,
  ClaimNote,
  ClaimProcedure,
} from '../../claim/line-schema.ts';
import { amountOf } from '../money.ts';
import type { WrittenElement, WrittenSegment } from '../writer.ts';
import { provider, reference, references, roles } from './claim-parties.ts';
import { chunks, dated, day, decimal, freeText, text } from './elements.ts';

/** Loops 2400 to 2430. */
export function line(one: ClaimLine): WrittenSegment[] {
  const { from, to, placeOfService, emergency } = one;
  const pointers = one.diagnosisPointers.map(String);
  const hurry = emergency === null ? '' : emergency ? 'Y' : 'N';
  return [
    ['LX', String(one.number)],
    [
      'SV1',
      procedure(one.procedure),
      amount(one.chargeCents),
      text(one.unit),
      decimal(one.units),
      text(placeOfService),
      '',
      pointers,
      '',
      hurry,
    ],
    ...(from === null ? [] : [dated('472', from, to)]),
    ...dates(one.dates),
    ...reference('G1', one.priorAuthorizationNumber),
    ...reference('9F', one.referralNumber),
    ...reference('6R', one.controlNumber),
    ...references(one.references),
    ...notes(one.notes),
    ...provider(roles.rendering, one.rendering),
    ...provider(roles.facility, one.facility),
    ...provider(roles.supervising, one.supervising),
    ...provider(roles.ordering, one.ordering),
    ...provider(roles.referring, one.referring),
    ...one.adjudications.flatMap(adjudication),
  ];
}

export function dates(all: readonly ClaimDate[]): WrittenSegment[] {
  return all.map(({ qualifier, from, to }) => dated(qualifier, from, to));
}

export function notes(all: readonly ClaimNote[]): WrittenSegment[] {
  return all.map(({ kind, text: words }) => ['NTE', text(kind), freeText(words)]);
}

export function money(qualifier: string, cents: number | null): WrittenSegment[] {
  return cents === null ? [] : [['AMT', qualifier, amountOf(cents)]];
}

export function amount(cents: number | null): string {
  return cents === null ? '' : amountOf(cents);
}

/** Reasons of one group that follow each other share a CAS, six at most. */
export function adjustments(all: readonly Adjustment[]): WrittenSegment[] {
  const runs: Adjustment[][] = [];
  for (const one of all) {
    const run = runs.at(-1);
    if (run !== undefined && run[0]?.group === one.group) run.push(one);
    else runs.push([one]);
  }
  return runs
    .flatMap((run) => chunks(run, 6))
    .map((run) => [
      'CAS',
      run[0]?.group ?? '',
      ...run.flatMap(({ reason, amountCents, quantity }) => [reason, amountOf(amountCents), decimal(quantity)]),
    ]);
}

function procedure(one: ClaimProcedure | null): WrittenElement {
  if (one === null) return '';
  const modifiers = Array.from({ length: 4 }, (_, index) => one.modifiers[index] ?? '');
  return [one.qualifier, one.code, ...modifiers, one.description === null ? '' : freeText(one.description)];
}

function adjudication(one: Adjudication): WrittenSegment[] {
  const { payerId, paidCents, bundledIntoLine, paidOn } = one;
  const bundled = bundledIntoLine === null ? '' : String(bundledIntoLine);
  return [
    ['SVD', payerId, amount(paidCents), procedure(one.procedure), '', decimal(one.units), bundled],
    ...adjustments(one.adjustments),
    ...(paidOn === null ? [] : [['DTP', '573', 'D8', day(paidOn)] as const]),
    ...money('EAF', one.patientOwesCents),
  ];
}
