// Reads a 271, eligibility response (005010X279A1), into the one form every payer's answer has. Whatever cannot be read is a fault, never an exception.
import type {
  AnswerDate,
  Benefit,
  Delivery,
  EligibilityAnswer,
  PersonAnswer,
  Reject,
  RelatedEntity,
} from '../../eligibility/answer.ts';
import type { Fault } from '../findings.ts';
import { eligibilityResponse } from '../grammars/eligibility-response.ts';
import type { Loop, Tree } from '../loops.ts';
import { centsOf } from '../money.ts';
import type { KeptSegment, TransactionSet } from '../transaction-set.ts';
import { dateOf } from '../transaction-set.ts';
import { loopOf, loopsOf, segmentOf, segmentsOf, treeOf } from '../tree.ts';

/** What was read, and what was wrong. */
export interface ReadEligibilityResponse {
  readonly answer: EligibilityAnswer;
  readonly faults: readonly Fault[];
}

/**
 * The whole answer: every subscriber and dependent, every statement, every refusal at whatever level it stands.
 * Sources name the segment by its index in the file. `asOf` is the payer's own clock (BHT04, BHT05), which tells no zone.
 */
export function readEligibilityResponse(set: TransactionSet): ReadEligibilityResponse {
  const tree = treeOf(set, eligibilityResponse);
  const faults = [...tree.faults];
  const reader = new Reader(faults);
  return { answer: reader.answer(tree), faults };
}

class Reader {
  readonly #faults: Fault[];

  constructor(faults: Fault[]) {
    this.#faults = faults;
  }

  answer(tree: Tree): EligibilityAnswer {
    const sources = loopsOf(tree, '2000A');
    const receivers = sources.flatMap((source) => loopsOf(source, '2000B'));
    const payer = sources.map((source) => loopOf(source, '2100A')).find((loop) => loop !== undefined);
    const name = payer?.segments[0];
    const rejects = [
      // A refusal outside any level is one all the same.
      ...tree.strays.filter(({ id }) => id === 'AAA').map((segment) => this.#reject(segment, 'source')),
      ...sources.flatMap((source) => this.#rejects([source, ...loopsOf(source, '2100A')], 'source')),
      ...receivers.flatMap((receiver) => this.#rejects(loopsOf(receiver, '2100B'), 'receiver')),
    ];
    return {
      wire: 'x12.271',
      asOf: this.#asOf(tree),
      payer: {
        id: name === undefined ? null : filled(name.element(9)),
        name: name === undefined ? null : nameOf(name),
        contacts: payer === undefined ? [] : segmentsOf(payer, 'PER').flatMap(contactsOf),
      },
      people: receivers.flatMap((receiver) =>
        loopsOf(receiver, '2000C').flatMap((subscriber) => [
          this.#person(subscriber, 'subscriber'),
          ...loopsOf(subscriber, '2000D').map((dependent) => this.#person(dependent, 'dependent')),
        ]),
      ),
      rejects,
    };
  }

  #asOf(tree: Tree): string | null {
    const beginning = tree.head.find(({ id }) => id === 'BHT');
    const day = beginning === undefined ? null : dateOf(beginning.element(4));
    const time = /^(\d{2})(\d{2})/.exec(beginning?.element(5) ?? '');
    if (beginning === undefined || day === null) return null;
    return time === null ? day : `${day}T${time[1] ?? ''}:${time[2] ?? ''}`;
  }

  #person(level: Loop, role: PersonAnswer['role']): PersonAnswer {
    const letter = role === 'subscriber' ? 'C' : 'D';
    const names = loopsOf(level, `2100${letter}`);
    const [first] = names;
    const name = first?.segments[0];
    const [trace] = segmentsOf(level, 'TRN', ['2']);
    const birth = first === undefined ? undefined : segmentOf(first, 'DMG');
    const group = first === undefined ? undefined : segmentOf(first, 'REF', ['1L', '6P']);
    const plan = first === undefined ? undefined : segmentOf(first, 'REF', ['18']);
    const rejects = this.#rejects(names, role);
    const statements = names.flatMap((loop) => loopsOf(loop, `2110${letter}`));
    return {
      role,
      trace: filled(trace?.element(2) ?? ''),
      name: { given: filled(name?.element(4) ?? ''), family: filled(name?.element(3) ?? '') },
      memberId: filled(name?.element(9) ?? ''),
      groupNumber: filled(group?.element(2) ?? ''),
      planName: filled(plan?.element(3) ?? ''),
      birthDate: birth === undefined ? null : this.#day(birth, 2),
      dates: names.flatMap((loop) => segmentsOf(loop, 'DTP').map((segment) => this.#date(segment))),
      benefits: statements.flatMap((loop) => loop.segments.slice(0, 1).map((segment) => this.#benefit(loop, segment))),
      rejects: [...rejects, ...this.#rejects(statements, role)],
      source: (name ?? level.segments[0])?.source ?? '',
    };
  }

  #benefit(loop: Loop, statement: KeptSegment): Benefit {
    const element = (index: number) => filled(statement.element(index));
    const entities = loopsOf(loop, '2120').map(entityOf);
    const code = statement.element(1);
    if (code === '') this.#fault('element.missing', 'EB01, what the statement says, is missing.', statement);
    const modifiers = [3, 4, 5, 6].map((part) => statement.component(13, part)).filter((one) => one !== '');
    const procedure = statement.component(13, 2);
    return {
      code,
      level: element(2),
      serviceTypes: statement.repetitions(3).filter((one) => one !== ''),
      insuranceType: element(4),
      planName: element(5),
      period: element(6),
      amountCents: this.#read(statement, 7, centsOf, 'no amount'),
      percent: this.#read(statement, 8, fractionOf, 'no fraction'),
      quantityKind: element(9),
      quantity: this.#read(statement, 10, numberOf, 'no number'),
      authorization: this.#oneOf(statement, 11, ['Y', 'N', 'U'] as const),
      network: this.#oneOf(statement, 12, ['Y', 'N', 'U', 'W'] as const),
      procedure: procedure === '' ? null : { code: procedure, modifiers },
      dates: segmentsOf(loop, 'DTP').map((segment) => this.#date(segment)),
      references: segmentsOf(loop, 'REF').map((segment) => ({
        qualifier: segment.element(1),
        value: segment.element(2),
      })),
      deliveries: segmentsOf(loop, 'HSD').map((segment) => this.#delivery(segment)),
      messages: segmentsOf(loop, 'MSG').flatMap((segment) => filled(segment.element(1)) ?? []),
      entities,
      places: segmentsOf(loop, 'III', ['ZZ']).flatMap((segment) => filled(segment.element(2)) ?? []),
      source: statement.source,
    };
  }

  #delivery(segment: KeptSegment): Delivery {
    return {
      unit: filled(segment.element(1)),
      quantity: this.#read(segment, 2, numberOf, 'no number'),
      frequency: this.#read(segment, 4, numberOf, 'no number'),
      frequencyPeriod: filled(segment.element(3)),
      periods: this.#read(segment, 6, numberOf, 'no number'),
      period: filled(segment.element(5)),
    };
  }

  #date(segment: KeptSegment): AnswerDate {
    const text = segment.element(3);
    const isPeriod = segment.element(2) === 'RD8' || text.includes('-');
    const [from = '', to = ''] = isPeriod ? text.split('-') : [text];
    const dates = [from, to].map((day) => dateOf(day.trim()));
    if ((from !== '' && dates[0] === null) || (to !== '' && dates[1] === null) || (from === '' && to === ''))
      this.#fault('element.invalid', 'DTP03 is no date.', segment);
    return { qualifier: segment.element(1), from: dates[0] ?? null, to: dates[1] ?? null, source: segment.source };
  }

  #rejects(loops: readonly Loop[], at: Reject['at']): Reject[] {
    return loops.flatMap((loop) => segmentsOf(loop, 'AAA').map((segment) => this.#reject(segment, at)));
  }

  #reject(segment: KeptSegment, at: Reject['at']): Reject {
    if (segment.element(3) === '')
      this.#fault('element.missing', 'AAA03, the reason of a refusal, is missing.', segment);
    return { at, code: segment.element(3), followUp: filled(segment.element(4)), source: segment.source };
  }

  #day(segment: KeptSegment, element: number): string | null {
    return this.#read(segment, element, dateOf, 'no date');
  }

  #read<Value>(
    segment: KeptSegment,
    element: number,
    parse: (text: string) => Value | null,
    wrong: string,
  ): Value | null {
    const text = segment.element(element);
    if (text === '') return null;
    const value = parse(text);
    if (value === null) this.#fault('element.invalid', `${nameOfElement(segment, element)} is ${wrong}.`, segment);
    return value;
  }

  #oneOf<Code extends string>(segment: KeptSegment, element: number, codes: readonly Code[]): Code | null {
    return this.#read(segment, element, (text) => codes.find((code) => code === text) ?? null, 'no code of its list');
  }

  #fault(code: Fault['code'], message: string, segment: KeptSegment): void {
    this.#faults.push({ code, message, place: segment.place });
  }
}

function entityOf(loop: Loop): RelatedEntity {
  const name = loop.segments[0];
  const value = name?.element(9) ?? '';
  return {
    role: name?.element(1) ?? '',
    name: name === undefined ? null : nameOf(name),
    id: value === '' ? null : { qualifier: name?.element(8) ?? '', value },
    contacts: segmentsOf(loop, 'PER').flatMap(contactsOf),
    source: name?.source ?? '',
  };
}

/** An organization's name (NM103), or a person's, given name first. */
function nameOf(segment: KeptSegment): string | null {
  const family = segment.element(3);
  const given = segment.element(2) === '1' ? segment.element(4) : '';
  return filled(`${given} ${family}`.trim());
}

/** PER names up to three numbers, each with its kind before it (PER03 to PER08). */
function contactsOf(segment: KeptSegment): { kind: string; value: string }[] {
  return [3, 5, 7].flatMap((element) => {
    const value = segment.element(element + 1);
    return value === '' ? [] : [{ kind: segment.element(element), value }];
  });
}

function nameOfElement(segment: KeptSegment, element: number): string {
  return `${segment.id}${String(element).padStart(2, '0')}`;
}

function filled(text: string): string | null {
  return text === '' ? null : text;
}

function numberOf(text: string): number | null {
  const value = /^-?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : NaN;
  return Number.isFinite(value) ? value : null;
}

/** EB08 is a decimal fraction; payers also write 20 for twenty percent, and no fraction is above 1. */
function fractionOf(text: string): number | null {
  const value = numberOf(text);
  if (value === null || value < 0 || value > 100) return null;
  return value > 1 ? Number((value / 100).toFixed(6)) : value;
}
