// The data audit before go-live: doubles, gaps, values that cannot be, mixed formats and contradictions, by record and system.
import type { LinkageBook } from '../linkage/book-schema.ts';
import { byText } from '../linkage/clusters.ts';
import type { LinkedPair } from '../linkage/clusters.ts';
import type { Linker } from '../linkage/linker.ts';
import { plainId } from '../linkage/person.ts';
import type { Person } from '../linkage/person.ts';
import type { AuditField, Requirements } from './book-schema.ts';
import { contactFindings } from './contacts.ts';
import type { ContactFacts } from './contacts.ts';
import { countsOf } from './figures.ts';
import type { AuditFigures, SystemFigures } from './figures.ts';
import { finding } from './findings.ts';
import type { Finding } from './findings.ts';
import { valueOf } from './record.ts';
import type { AuditRecord } from './record.ts';
import { problemOf, shapeOf } from './values.ts';

export interface AuditNeeds {
  readonly linker: Linker;
  readonly placeholders: LinkageBook['placeholders'];
  readonly requirements: Requirements;
  /** `YYYY-MM-DD` in the clinic's zone. */
  readonly today: string;
  /** What holds of each record where several systems tell of it. */
  readonly held?: ReadonlyMap<string, Person>;
  /** What messages tell of a record, where there were any. */
  readonly contacts?: ReadonlyMap<string, ContactFacts>;
  /** Whether a person said that these two records, as they are, are two people. */
  readonly areApart?: (one: string, other: string) => boolean;
}

export interface DataAudit {
  readonly findings: readonly Finding[];
  readonly figures: Omit<AuditFigures, 'since' | 'unreadable'>;
  /** What to ask a person: as few pairs as put together all records that belong together. */
  readonly proposals: readonly LinkedPair[];
}

/** Below this many records of a system nobody can tell which of two formats is the usual one. */
const leastForFormat = 5;

/** Audits all records of a clinic. The findings are sorted and do not depend on the order of the records. */
export function auditData(records: readonly AuditRecord[], needs: AuditNeeds): DataAudit {
  const bySystem = [...Map.groupBy(records, ({ system }) => system)].sort(([a], [b]) => byText(a, b));
  const systems = bySystem.map(([system, own]) => completeness(system, own, needs));
  const people = peopleOf(records, needs);
  const linked = needs.linker.link(people);
  const standing = new Map(records.map(({ ref, patient }) => [ref, patient]));
  const { areApart } = needs;
  const open = areApart === undefined ? linked.pairs : linked.pairs.filter(({ one, other }) => !areApart(one, other));
  const proposals = proposalsOf(open, standing);
  // Of a record that several systems tell the first one counts.
  const systemOf = new Map(records.toReversed().map(({ ref, system }) => [ref, system]));
  const findings = [
    ...bySystem.flatMap(([system, own], place) => ofSystem(system, own, systems[place], needs)),
    ...contradictions(records, needs),
    ...contactFindings(records, needs),
    ...proposals.map((pair) => ofPair(pair, systemOf)),
  ].sort((a, b) => byText(a.key, b.key));
  return {
    findings,
    figures: {
      records: records.length,
      patients: new Set(standing.values()).size,
      compared: linked.compared,
      keysLeftOut: linked.keysLeftOut,
      ...countsOf(findings),
      systems,
    },
    proposals,
  };
}

/** Who is linked: the person as what holds tells it, else as the first system does. */
function peopleOf(records: readonly AuditRecord[], { held }: AuditNeeds): Person[] {
  const byRef = new Map<string, Person>();
  for (const { ref, person } of records) if (!byRef.has(ref)) byRef.set(ref, { ...(held?.get(ref) ?? person), ref });
  return [...byRef.values()];
}

function completeness(system: string, records: readonly AuditRecord[], { requirements }: AuditNeeds): SystemFigures {
  const fields = requirements.fields.map(({ field }) => {
    const kept = records.filter(({ notKept }) => !notKept.includes(field));
    const known = kept.filter((record) => valueOf(record, field) !== null).length;
    return { field, known, share: known === 0 ? null : known / kept.length };
  });
  return { system, records: records.length, fields };
}

function ofSystem(
  system: string,
  records: readonly AuditRecord[],
  figures: SystemFigures | undefined,
  needs: AuditNeeds,
): Finding[] {
  const { requirements } = needs;
  return requirements.fields.flatMap(({ field, severity }): Finding[] => {
    const kept = records.filter(({ notKept }) => !notKept.includes(field));
    const known = figures?.fields.find((one) => one.field === field)?.known ?? 0;
    if (kept.length === 0) return [];
    if (known === 0) return [finding({ code: 'missing.everywhere', severity, system, field })];
    const usual = usualShape(field, kept, requirements);
    return kept.flatMap((record): Finding[] => {
      const subject = record.ref;
      const value = valueOf(record, field);
      if (value === null) return [finding({ code: 'missing.value', severity, system, field, subject })];
      const code = problemOf(field, value, { ...needs, oldestYears: requirements.oldestYears });
      if (code !== null) return [finding({ code, severity, system, field, subject })];
      return usual !== null && shapeOf(field, value) !== usual
        ? [finding({ code: 'format.value', severity: 'note', system, field, subject })]
        : [];
    });
  });
}

/** How most records of a system write the field; null where nothing is usual. */
function usualShape(field: AuditField, records: readonly AuditRecord[], { sameFormat }: Requirements): string | null {
  if (!sameFormat.includes(field)) return null;
  const counts = new Map<string, number>();
  for (const record of records) {
    const value = valueOf(record, field);
    if (value === null) continue;
    const shape = shapeOf(field, value);
    counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const [usual] = [...counts].sort(([a, one], [b, other]) => other - one || byText(a, b));
  return total < leastForFormat || usual === undefined || usual[1] * 2 <= total ? null : usual[0];
}

/** Records of one patient that say something else of the same thing. */
function contradictions(records: readonly AuditRecord[], { requirements, placeholders, today }: AuditNeeds): Finding[] {
  const rules = { placeholders, today, oldestYears: requirements.oldestYears };
  const patients = [...Map.groupBy(records, ({ patient }) => patient).values()].filter((own) => own.length > 1);
  return patients.flatMap((own) => {
    // The record that stands for the patient is what the others are held against.
    const place = ({ ref, patient, system }: AuditRecord): string => `${ref === patient ? 0 : 1} ${ref} ${system}`;
    const sorted = [...own].sort((a, b) => byText(place(a), place(b)));
    return requirements.contradictions.flatMap(({ field, severity }) => {
      const told = sorted.flatMap((record) => {
        const value = valueOf(record, field);
        return value === null || problemOf(field, value, rules) !== null
          ? []
          : [{ record, plain: plainValue(field, record, value) }];
      });
      const [first] = told;
      return told.flatMap(({ record, plain }): Finding[] =>
        first === undefined || plain === first.plain
          ? []
          : [
              finding({
                code: 'contradiction.value',
                severity,
                system: record.system,
                field,
                subject: record.ref,
                other: first.record.ref,
              }),
            ],
      );
    });
  });
}

/** Two spellings of one value are no contradiction. */
function plainValue(field: AuditField, record: AuditRecord, value: string): string {
  if (field === 'payer') return record.coverage?.payer ?? value;
  return field === 'birthDate' || field === 'gender' ? value : plainId(value.normalize('NFKD'));
}

/** Pairs between records that nobody put together yet; of several pairs between the same records as few as are needed. */
function proposalsOf(pairs: readonly LinkedPair[], standing: ReadonlyMap<string, string>): LinkedPair[] {
  const groups = new Map<string, string>();
  const groupOf = (ref: string): string => {
    let group = standing.get(ref) ?? ref;
    for (let next = groups.get(group); next !== undefined; next = groups.get(group)) group = next;
    return group;
  };
  const asked = new Set<string>();
  const needed: LinkedPair[] = [];
  // Weightiest first: pairs called the same join groups, whoever is only perhaps the same is asked about once for each group.
  for (const verdict of ['same', 'perhaps'] as const)
    for (const pair of pairs.filter(({ explained }) => explained.verdict === verdict)) {
      const [one, other] = [groupOf(pair.one), groupOf(pair.other)];
      if (one === other) continue;
      const key = [one, other].sort().join(' ');
      if (verdict === 'same') groups.set(one, other);
      else if (asked.has(key)) continue;
      asked.add(key);
      needed.push(pair);
    }
  return needed;
}

function ofPair({ one, other, explained }: LinkedPair, systemOf: ReadonlyMap<string, string>): Finding {
  const isSame = explained.verdict === 'same';
  return finding({
    code: isSame ? 'duplicate.same' : 'duplicate.perhaps',
    severity: isSame ? 'error' : 'warning',
    system: systemOf.get(one) ?? '',
    subject: one,
    other,
  });
}
