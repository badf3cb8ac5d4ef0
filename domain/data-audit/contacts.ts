// Whom nobody can reach: no number and no address is known, messages to it fail, or the patient wants none.
import type { LinkageBook } from '../linkage/book-schema.ts';
import { byText } from '../linkage/clusters.ts';
import type { Requirements } from './book-schema.ts';
import { finding } from './findings.ts';
import type { Finding } from './findings.ts';
import { valueOf } from './record.ts';
import type { AuditRecord } from './record.ts';
import { problemOf } from './values.ts';

/** What a message reaches: a text and a call the telephone. */
export const addresses = ['phone', 'email'] as const;
export type Address = (typeof addresses)[number];

/** How a message to an address ended. `at` is ISO UTC. */
export interface Arrival {
  readonly address: Address;
  readonly arrived: boolean;
  readonly at: string;
}

/** What messages tell of one record. */
export interface ContactFacts {
  readonly failing: readonly Address[];
  readonly wantsNone: boolean;
}

/** Addresses to which the last `failures` messages all failed. Fewer messages say nothing. */
export function failingAddresses(arrivals: readonly Arrival[], failures: number): Address[] {
  return addresses.filter((address) => {
    const last = arrivals
      .filter((one) => one.address === address)
      .sort((a, b) => byText(b.at, a.at))
      .slice(0, failures);
    return last.length === failures && last.every(({ arrived }) => !arrived);
  });
}

interface Needs {
  readonly placeholders: LinkageBook['placeholders'];
  readonly requirements: Requirements;
  readonly today: string;
  readonly contacts?: ReadonlyMap<string, ContactFacts>;
}

/** One finding of a kind for each patient, of the system whose record stands for the patient. */
export function contactFindings(records: readonly AuditRecord[], needs: Needs): Finding[] {
  const { requirements, contacts = new Map<string, ContactFacts>() } = needs;
  const { unreachable, failing, wantsNone } = requirements.contacts;
  const telling = tellingSystems(records);
  return [...Map.groupBy(records, ({ patient }) => patient)].flatMap(([patient, records]): Finding[] => {
    const own = [...records].sort((a, b) => byText(place(a), place(b)));
    const [first] = own;
    if (first === undefined) return [];
    const facts = [...new Set(own.map(({ ref }) => ref))].flatMap((ref) => contacts.get(ref) ?? []);
    const usable = (address: Address) => own.find((record) => isUsable(record, address, needs));
    const about = { system: first.system, subject: patient };
    // Where no system tells of numbers or addresses nobody knows whether there are any.
    const isTold = own.some(({ system }) => telling.has(system));
    const none = isTold && addresses.every((address) => usable(address) === undefined);
    return [
      ...(none ? [finding({ code: 'contact.none', severity: unreachable, ...about })] : []),
      ...addresses.flatMap((field) => {
        const record = usable(field);
        return record === undefined || !facts.some((one) => one.failing.includes(field))
          ? []
          : [finding({ code: 'contact.failing', severity: failing, ...about, system: record.system, field })];
      }),
      ...(facts.some((one) => one.wantsNone)
        ? [finding({ code: 'contact.wantsNone', severity: wantsNone, ...about })]
        : []),
    ];
  });
}

/** The record that stands for the patient is in front. */
const place = ({ ref, patient, system }: AuditRecord): string => `${ref === patient ? 0 : 1} ${ref} ${system}`;

function tellingSystems(records: readonly AuditRecord[]): ReadonlySet<string> {
  const tells = (record: AuditRecord): boolean =>
    addresses.some((address) => !record.notKept.includes(address) && valueOf(record, address) !== null);
  return new Set(records.filter(tells).map(({ system }) => system));
}

function isUsable(record: AuditRecord, address: Address, { placeholders, requirements, today }: Needs): boolean {
  const value = valueOf(record, address);
  const { oldestYears } = requirements;
  return value !== null && problemOf(address, value, { placeholders, oldestYears, today }) === null;
}
