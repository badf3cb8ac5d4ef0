// Follows the envelopes of an X12 file, interchange, functional group and transaction set, and says everything that is wrong.
import type { Delimiters } from './delimiters.ts';
import { isaWidths } from './delimiters.ts';
import type { Group, Interchange, InterchangeAcknowledgment, Transaction, X12File } from './file.ts';
import type { Finding, FindingCode, Place } from './findings.ts';
import { severities } from './findings.ts';
import { functionalGroups } from './required-elements.ts';
import type { SegmentTaker } from './scanner.ts';
import { segmentLimit } from './scanner.ts';
import type { Segment } from './segment.ts';
import type { Depth } from './transaction-check.ts';
import { TransactionCheck } from './transaction-check.ts';

/** Findings of one code that are listed; a file that is broken throughout would otherwise fill the memory. */
export const listedPerCode = 2_000;

/** Elements that must be there, counted from the first (X12.5 Interchange Control Structures, X12.22 Segment Directory). */
const required: Readonly<Record<string, number>> = { GS: 8, ST: 2, SE: 2, GE: 2, IEA: 2, TA1: 5 };

type Open<Part> = { -readonly [Key in keyof Part]: Part[Key] };

/** Where a segment without a transaction began, and how many there have been since. */
interface Stray {
  readonly place: Place;
  segments: number;
}

/** Takes the segments of a file in their order; keeps the envelopes and the findings, no other segment. */
export class Envelopes implements SegmentTaker {
  readonly #depth: Depth;
  #segments = 0;
  readonly #interchanges: Interchange[] = [];
  readonly #ta1: InterchangeAcknowledgment[] = [];
  readonly #findings: Finding[] = [];
  readonly #counts = new Map<FindingCode, number>();
  #interchange: (Open<Interchange> & { groups: Group[] }) | null = null;
  #group: (Open<Group> & { transactions: Transaction[] }) | null = null;
  #transaction: Open<Transaction> | null = null;
  #check: TransactionCheck | null = null;
  #stray: Stray | null = null;
  /** The segment at hand, or where the next one would be. */
  #place: Place = { segment: 0, offset: 0 };

  constructor(depth: Depth) {
    this.#depth = depth;
  }

  take(segment: Segment): void {
    const { id, ending } = segment;
    this.#place = { segment: this.#segments, offset: segment.offset };
    if (id === '' && this.#interchange === null) {
      this.#find('trailing.data', 'Data stand outside an interchange.');
      return;
    }
    this.#segments++;
    if (id === '') this.#find('segment.id', 'A segment does not begin with two or three capitals and digits.');
    if (ending === 'file') this.#find('truncated', 'The file ends without a segment terminator.');
    if (ending === 'interchange')
      this.#find('truncated', 'The segment is cut short by the ISA of another interchange.');
    if (ending === 'limit')
      this.#find('truncated', `The segment is longer than ${segmentLimit} bytes; its rest is not read.`);
    if (!segment.isUtf8) this.#find('encoding', 'The segment holds bytes that are not UTF-8.');
    this.#route(id, segment);
  }

  fault(code: FindingCode, message: string, offset: number): void {
    this.#place = { segment: this.#segments, offset };
    this.#find(code, message);
  }

  end(length: number): X12File {
    this.#place = { segment: this.#segments, offset: length };
    this.#closeInterchange('missing');
    if (this.#segments === 0 && this.#findings.every(({ severity }) => severity === 'warning'))
      this.#find('isa.missing', length === 0 ? 'The file is empty.' : 'The file holds no interchange.');
    return {
      segments: this.#segments,
      interchanges: this.#interchanges,
      ta1: this.#ta1,
      findings: this.#findings.sort((a, b) => a.offset - b.offset),
    };
  }

  #route(id: string, segment: Segment): void {
    switch (id) {
      case 'ISA':
        return this.#isa(segment);
      case 'IEA':
        return this.#iea(segment);
      case 'GS':
        return this.#gs(segment);
      case 'GE':
        return this.#ge(segment);
      case 'ST':
        return this.#st(segment);
      case 'SE':
        return this.#se(segment);
      case 'TA1':
        return this.#acknowledgment(segment);
      default:
        return this.#content(id, segment);
    }
  }

  #isa(segment: Segment): void {
    this.#closeInterchange('missing');
    const { delimiters, elements, padding } = segment;
    this.#openInterchange(delimiters, {
      control: text(segment, 13),
      sender: `${text(segment, 5)}:${text(segment, 6)}`,
      receiver: `${text(segment, 7)}:${text(segment, 8)}`,
      version: text(segment, 12),
    });
    if (elements !== isaWidths.length)
      this.#find('isa.malformed', `ISA has ${elements} elements, ${isaWidths.length} are required.`);
    else
      for (const [index, width] of isaWidths.entries()) {
        const has = segment.width(index + 1);
        if (has !== width)
          this.#find('isa.malformed', `${segment.nameOf(index + 1)} has ${has} characters, ${width} are required.`);
      }
    if (padding > 0) this.#find('trailing.data', 'Blanks stand between ISA16 and the segment terminator.');
    if (delimiters.component === null) this.#find('isa.delimiters', 'ISA16 names no component separator.');
    const separators = Object.values(delimiters).filter((byte) => byte !== null);
    if (new Set(separators).size < separators.length)
      this.#find('isa.delimiters', 'The ISA names one character for two kinds of delimiter.');
  }

  #openInterchange(
    { element, component, repetition, segment }: Delimiters,
    header: Pick<Interchange, 'control' | 'sender' | 'receiver' | 'version'>,
  ): void {
    const character = (byte: number | null) => (byte === null ? null : String.fromCharCode(byte));
    this.#interchange = {
      ...header,
      delimiters: {
        element: String.fromCharCode(element),
        component: character(component),
        repetition: character(repetition),
        segment: String.fromCharCode(segment),
      },
      groups: [],
    };
    this.#interchanges.push(this.#interchange);
  }

  /** Opens what a missing ISA would have opened. */
  #needInterchange(segment: Segment): void {
    if (this.#interchange !== null) return;
    this.#find('isa.missing', 'There is no ISA before this segment.');
    this.#openInterchange(segment.delimiters, { control: null, sender: null, receiver: null, version: null });
  }

  #iea(segment: Segment): void {
    this.#closeGroup('missing');
    if (this.#interchange === null) {
      this.#find('isa.missing', 'There is no ISA for this IEA.');
      return;
    }
    const { control, groups } = this.#interchange;
    this.#checkTrailer(segment, 'iea', { count: groups.length, of: 'groups', header: 'ISA13', control });
    this.#closeInterchange('there');
  }

  #gs(segment: Segment): void {
    this.#closeGroup('missing');
    this.#needInterchange(segment);
    this.#openGroup({ code: text(segment, 1), control: text(segment, 6), version: text(segment, 8) });
    this.#checkRequired(segment);
  }

  #openGroup(header: Pick<Group, 'code' | 'control' | 'version'>): void {
    this.#group = { ...header, transactions: [] };
    this.#interchange?.groups.push(this.#group);
  }

  /** Opens what a missing GS would have opened. */
  #needGroup(segment: Segment): void {
    this.#needInterchange(segment);
    if (this.#group !== null) return;
    this.#find('gs.missing', 'There is no GS before this segment.');
    this.#openGroup({ code: null, control: null, version: null });
  }

  #ge(segment: Segment): void {
    this.#closeTransaction('missing');
    if (this.#group === null) {
      this.#find('gs.missing', 'There is no GS for this GE.');
      return;
    }
    const { control, transactions } = this.#group;
    this.#checkTrailer(segment, 'ge', { count: transactions.length, of: 'transactions', header: 'GS06', control });
    this.#closeGroup('there');
  }

  #st(segment: Segment): void {
    this.#closeTransaction('missing');
    this.#needGroup(segment);
    const version = text(segment, 3) === '' ? (this.#group?.version ?? null) : text(segment, 3);
    const type = text(segment, 1);
    this.#openTransaction({ type, version, control: text(segment, 2), segments: 1 }, this.#place);
    this.#checkRequired(segment);
    const [code, expected] = [this.#group?.code ?? '', functionalGroups[type]];
    if (code !== '' && expected !== undefined && code !== expected)
      this.#find('element.invalid', `GS01 is not the code of a group that holds a ${type}: ${expected}.`);
  }

  #openTransaction(transaction: Transaction, place: Place): void {
    this.#transaction = { ...transaction };
    this.#check = new TransactionCheck(transaction.type, transaction.version, this.#depth, place);
    this.#group?.transactions.push(this.#transaction);
  }

  #se(segment: Segment): void {
    if (this.#transaction === null) {
      // The segments since the last transaction belong to this one: its ST is lost.
      const stray = this.#stray;
      this.#stray = null;
      if (stray !== null) this.#needGroup(segment);
      this.#find('st.missing', 'There is no ST for this SE.', stray?.place);
      if (stray !== null)
        this.#openTransaction({ type: null, version: null, control: null, segments: stray.segments }, stray.place);
    }
    const transaction = this.#transaction;
    if (transaction === null) return;
    transaction.segments++;
    const { segments: count, control } = transaction;
    this.#checkTrailer(segment, 'se', { count, of: 'segments', header: 'ST02', control });
    this.#checkContent('SE', segment);
    this.#closeTransaction('there');
  }

  #acknowledgment(segment: Segment): void {
    this.#settleStray();
    this.#needInterchange(segment);
    if (this.#group !== null) this.#find('segment.outside', 'TA1 stands inside a functional group.');
    if (this.#transaction !== null) this.#transaction.segments++;
    this.#checkRequired(segment);
    this.#ta1.push({ control: text(segment, 1), code: text(segment, 4), note: text(segment, 5) });
  }

  #content(id: string, segment: Segment): void {
    if (this.#transaction === null) {
      this.#stray ??= { place: this.#place, segments: 0 };
      this.#stray.segments++;
      return;
    }
    this.#transaction.segments++;
    this.#checkContent(id, segment);
  }

  #checkContent(id: string, segment: Segment): void {
    for (const { code, message, place } of this.#check?.next(id, segment, this.#place) ?? [])
      this.#find(code, message, place);
  }

  #closeTransaction(trailer: 'there' | 'missing'): void {
    this.#settleStray();
    if (this.#transaction === null) return;
    if (trailer === 'missing') this.#find('se.missing', 'The transaction has no SE.');
    for (const { code, message, place } of this.#check?.end(trailer) ?? []) this.#find(code, message, place);
    this.#transaction = null;
    this.#check = null;
  }

  #closeGroup(trailer: 'there' | 'missing'): void {
    this.#closeTransaction('missing');
    if (this.#group === null) return;
    if (trailer === 'missing') this.#find('ge.missing', 'The functional group has no GE.');
    this.#group = null;
  }

  #closeInterchange(trailer: 'there' | 'missing'): void {
    this.#closeGroup('missing');
    if (this.#interchange === null) return;
    if (trailer === 'missing') this.#find('iea.missing', 'The interchange has no IEA.');
    this.#interchange = null;
  }

  #settleStray(): void {
    const stray = this.#stray;
    this.#stray = null;
    if (stray === null) return;
    const outside = this.#interchange === null ? 'interchange' : 'transaction';
    this.#find('segment.outside', `Segments outside any ${outside}: ${stray.segments}.`, stray.place);
  }

  /** Compares a trailer's count and control number with what is there and with its header; a lost header tells no number. */
  #checkTrailer(
    segment: Segment,
    code: 'se' | 'ge' | 'iea',
    expected: { count: number; of: string; header: string; control: string | null },
  ): void {
    this.#checkRequired(segment);
    const { id } = segment;
    const [count, control] = [text(segment, 1), text(segment, 2)];
    // A transaction without its ST has lost more than can be counted.
    const isCountable = code !== 'se' || expected.control !== null;
    if (count !== '' && !/^\d{1,10}$/.test(count)) this.#find('element.invalid', `${id}01 is no number.`);
    else if (count !== '' && isCountable && Number(count) !== expected.count)
      this.#find(`${code}.count`, `${id}01 says ${Number(count)} ${expected.of}, ${expected.count} are there.`);
    if (control !== '' && (expected.control ?? '') !== '' && control !== expected.control)
      this.#find(`${code}.control`, `${id}02 is not the control number of ${expected.header}.`);
  }

  #checkRequired(segment: Segment): void {
    const { id } = segment;
    for (let element = 1; element <= (required[id] ?? 0); element++)
      if (text(segment, element) === '') this.#find('element.missing', `${segment.nameOf(element)} is missing.`);
  }

  #find(code: FindingCode, message: string, place: Place = this.#place): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count > listedPerCode) return;
    this.#findings.push({
      severity: severities[code],
      code,
      message: count < listedPerCode ? message : `${message} Further findings of this kind are not listed.`,
      segment: place.segment,
      offset: place.offset,
      interchange: this.#interchange?.control ?? null,
      group: this.#group?.control ?? null,
      transaction: this.#transaction?.control ?? null,
    });
  }
}

/** An element without the blanks that pad it. */
function text(segment: Segment, element: number): string {
  return segment.element(element).trim();
}
