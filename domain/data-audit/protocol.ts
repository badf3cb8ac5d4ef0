// The clinic's protocol for its data, in words, from the rules themselves: what is looked for, who does what about it, how often.
import type { LinkageBook } from '../linkage/book-schema.ts';
import type { ReconciliationRules } from '../reconciliation/book-schema.ts';
import { severities } from './book-schema.ts';
import type { AuditField, Requirements, Severity } from './book-schema.ts';
import { fieldWords } from './findings.ts';

/** The rules of `rules/data-quality`. */
export interface DataRuleBook {
  readonly requirements: Requirements;
  readonly linkage: LinkageBook;
  readonly reconciliation: ReconciliationRules;
}

/** One part of the protocol. `retrieved`: the day its source was read, `YYYY-MM-DD`. */
export interface ProtocolPart {
  readonly title: string;
  readonly rules: readonly string[];
  readonly who: string;
  readonly often: string;
  readonly source: string;
  readonly retrieved: string;
}

/** What a severity means for whoever works through findings. */
export const severityWords: Readonly<Record<Severity, string>> = {
  error: 'stops later work',
  warning: 'to be corrected',
  note: 'to be known',
};

/** Every part, in the order in which a clinic meets them. */
export function protocolOf(book: DataRuleBook): ProtocolPart[] {
  return [
    imports(book),
    required(book),
    values(book),
    doubles(book),
    contradictions(book),
    contacts(book),
    visits(book),
  ];
}

function imports({ linkage }: DataRuleBook): ProtocolPart {
  const { source } = linkage.verdicts;
  return {
    title: 'Imports',
    rules: [
      'A row that cannot be read is refused and told by row, column and reason; the good rows are taken',
      `A patient of another system is taken for one who is known only where that is ${percent(linkage.verdicts.same)} certain; who looks alike in one system is never put together by itself`,
      'A record that a system deleted or merged becomes an item; nothing is deleted by an import',
    ],
    who: 'An admin reads what was refused on the page Connections; it is corrected in the report or in the PT system',
    often: 'With every import',
    source,
    retrieved: linkage.retrieved,
  };
}

function required({ requirements }: DataRuleBook): ProtocolPart {
  const { fields, source, retrieved } = requirements;
  return {
    title: 'What a record must hold',
    rules: severities.flatMap((severity) =>
      fields
        .filter((row) => row.severity === severity)
        .map(({ field, neededFor }) => `${fieldWords[field]} (${severityWords[severity]}): for ${listed(neededFor)}`),
    ),
    who: 'Whoever keeps the record corrects it in the system it is kept in',
    often: everyAudit(requirements),
    source,
    retrieved,
  };
}

function values({ requirements, linkage }: DataRuleBook): ProtocolPart {
  const { placeholders } = linkage;
  const [word = '', other = ''] = placeholders.words;
  const [date = ''] = placeholders.birthDates;
  return {
    title: 'Values that cannot be',
    rules: [
      `What stands for nothing counts as missing: ${placeholders.words.length} words such as “${word}” and “${other}”, ${placeholders.birthDates.length} birth dates such as ${date}, addresses of nobody`,
      `A birth date in the future or more than ${requirements.oldestYears} years ago, a telephone number without ten digits, a ZIP code of another form, an NPI with a wrong check digit`,
      `Written otherwise than in most records of the system (${severityWords.note}): ${named(requirements.sameFormat)}`,
    ],
    who: 'Whoever keeps the record corrects it in the system it is kept in',
    often: everyAudit(requirements),
    source: placeholders.source,
    retrieved: placeholders.retrieved,
  };
}

function doubles({ requirements, linkage }: DataRuleBook): ProtocolPart {
  const { same, perhaps } = linkage.verdicts;
  return {
    title: 'Two records of one person',
    rules: [
      `Called one person from ${percent(same)} on, laid before a person from ${percent(perhaps)} on, with the weight of each field`,
      'Nothing is put together without a named person, and everything can be taken apart again',
    ],
    who: 'The front desk decides each pair on the work list',
    often: everyAudit(requirements),
    source: linkage.source,
    retrieved: linkage.retrieved,
  };
}

function contradictions({ requirements }: DataRuleBook): ProtocolPart {
  return {
    title: 'Records of one patient that contradict each other',
    rules: requirements.contradictions.map(
      ({ field, severity }) => `${fieldWords[field]} (${severityWords[severity]})`,
    ),
    who: 'The front desk decides between two systems on the work list; an audit tells what is left',
    often: everyAudit(requirements),
    source: requirements.source,
    retrieved: requirements.retrieved,
  };
}

function contacts({ requirements }: DataRuleBook): ProtocolPart {
  const { failures, lookBackDays, unreachable, failing, wantsNone, source } = requirements.contacts;
  return {
    title: 'Whom nobody can reach',
    rules: [
      `No number and no address that could be one (${severityWords[unreachable]})`,
      `The last ${failures} messages to what stands in the record did not arrive, within ${lookBackDays} days (${severityWords[failing]})`,
      `The patient wants no messages over any way (${severityWords[wantsNone]})`,
    ],
    who: 'The front desk asks at the next visit, or calls',
    often: everyAudit(requirements),
    source,
    retrieved: requirements.retrieved,
  };
}

function visits({ reconciliation }: DataRuleBook): ProtocolPart {
  const { noteDays, signDays, chargeDays, lookBackDays, nightlyAt, source, retrieved } = reconciliation;
  return {
    title: 'Visits in schedule, notes, charges and authorizations',
    rules: [
      `A note within ${noteDays} days, signed within ${signDays}, a charge within ${chargeDays}; of the last ${lookBackDays} days`,
      'A patient whose books disagree is one item; it closes by itself when they agree',
    ],
    who: 'The biller works off the items',
    often: `Every night at ${nightlyAt} by the clinic's clock, or when the clinic has set another time`,
    source,
    retrieved,
  };
}

function everyAudit({ auditEvery }: Requirements): string {
  return `With every data audit: before go-live, then every ${auditEvery.days} days, started by an admin`;
}

/** 0.99 as `99 %`: shares of these rules have no more than two digits. */
function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function named(fields: readonly AuditField[]): string {
  return fields.map((field) => fieldWords[field]).join(', ');
}

function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** The protocol as a table of Markdown: what the page of the admin says is what the rules say. */
export function protocolTable(parts: readonly ProtocolPart[]): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const rows = parts.map(
    ({ title, rules, who, often }) =>
      `| **${title}** | ${rules.map(cell).join('; ')} | ${cell(who)} | ${cell(often)} |`,
  );
  return ['| what | is looked for | who | how often |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
