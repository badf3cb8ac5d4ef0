// The findings of a claim as lines for a person.
import type { NotChecked, ScrubFinding } from '../../domain/scrub/finding.ts';
import type { Suggestion } from '../../domain/scrub/suggestions.ts';

interface Shown {
  readonly id: string;
  readonly findings: readonly ScrubFinding[];
  readonly notChecked: readonly NotChecked[];
  readonly unread: readonly string[];
  readonly suggestions: readonly Suggestion[];
}

export function scrubLines({ id, findings, notChecked, unread, suggestions }: Shown): string[] {
  return [
    `  claim ${id}: ${findings.length === 0 ? 'nothing found' : `${findings.length} found`}`,
    ...findings.flatMap(findingLines),
    ...notCheckedLines(notChecked),
    ...(unread.length === 0 ? [] : [`    also in the file, read by no rule: ${unread.join('; ')}`]),
    ...suggestions.flatMap(suggestionLines),
  ];
}

function findingLines({ severity, rule, line, message, fix, role, ...rest }: ScrubFinding): string[] {
  const { source, section, version, effective } = rest.citation;
  const edition = version === undefined ? '' : ` ${version}${effective === undefined ? '' : ` of ${effective}`}`;
  const stale = rest.staleSince === undefined ? '' : `; to be looked up again since ${rest.staleSince}`;
  return [
    `    ${severity} ${rule}${line === null ? '' : `, line ${line + 1}`}: ${message}`,
    `      ${role}: ${fix}`,
    `      [${source}${edition}${section === undefined ? '' : `, ${section}`}${stale}]`,
  ];
}

/** Only where the notes support something else than is charged. */
function suggestionLines({ day, rule, codes }: Suggestion): string[] {
  return codes
    .filter(({ difference }) => difference !== 'same' && difference !== 'unknown')
    .map(
      ({ code, chargedUnits, supportedUnits, reasons }) =>
        `    proposal for ${day} (${rule}): ${code} ${supportedUnits ?? '?'} instead of ${chargedUnits ?? '?'} units. ${reasons.join(' ')}`,
    );
}

/** By what is missing: without a chart a dozen rules lack the same. */
function notCheckedLines(notChecked: readonly NotChecked[]): string[] {
  return [...Map.groupBy(notChecked, ({ why }) => why)].map(
    ([why, some]) => `    not checked: ${[...new Set(some.map(({ rule }) => rule))].join(', ')}. ${why}`,
  );
}
