// What a note tells of a service, seen by the elements that rules/scrub/tables/documentation.json names, and by nothing else.
import type { DocumentationElement } from '../documentation-schema.ts';
import type { Intervention } from './treatment-days.ts';

interface CompiledElement {
  readonly element: DocumentationElement;
  readonly pattern: RegExp;
}

/** The elements by code, their patterns made ready once. */
export type DocumentationElements = ReadonlyMap<string, readonly CompiledElement[]>;

export function documentationElements(rows: readonly DocumentationElement[]): DocumentationElements {
  const byCode = new Map<string, CompiledElement[]>();
  for (const element of rows) {
    const pattern = new RegExp(element.patterns.map((one) => `(?:${one})`).join('|'), 'iu');
    for (const code of element.codes) {
      const same = byCode.get(code);
      if (same === undefined) byCode.set(code, [{ element, pattern }]);
      else same.push({ element, pattern });
    }
  }
  return byCode;
}

/** In the words of the table: what a note lacks of a service, and what in it speaks of another. */
export interface ElementsSeen {
  readonly lacksService: readonly string[];
  readonly lacksDetails: readonly string[];
  readonly against: readonly string[];
}

/**
 * Whether a service's text is told: false where the note has none, null where the chart leaves it out.
 * A text without a letter is none.
 */
export function textTold(interventions: readonly Intervention[]): boolean | null {
  if (interventions.some(({ text }) => typeof text === 'string' && /\p{L}/u.test(text))) return true;
  return interventions.some(({ text }) => text === undefined) ? null : false;
}

interface ServiceTold {
  readonly code: string;
  readonly on: string;
  readonly text: string;
  /** Whether an outcome measure was taken at the visit. */
  readonly hasOutcome: boolean;
}

/** An element that is asked of a note on that day, and whether it is there. */
export interface ElementTold {
  readonly words: string;
  readonly kind: DocumentationElement['kind'];
  readonly isTold: boolean;
}

export function elementsTold(
  elements: DocumentationElements,
  { code, on, text, hasOutcome }: ServiceTold,
): readonly ElementTold[] {
  return (elements.get(code) ?? []).flatMap(({ element, pattern }) => {
    const { kind, words, effective, orOutcome } = element;
    if ((effective.from !== null && on < effective.from) || (effective.to !== null && on > effective.to)) return [];
    return [{ words, kind, isTold: pattern.test(text) || (orOutcome === true && hasOutcome) }];
  });
}

export function elementsSeen(elements: DocumentationElements, service: ServiceTold): ElementsSeen {
  const told = elementsTold(elements, service);
  const of = (kind: DocumentationElement['kind'], isTold: boolean): string[] =>
    told.filter((one) => one.kind === kind && one.isTold === isTold).map(({ words }) => words);
  return { lacksService: of('service', false), lacksDetails: of('detail', false), against: of('against', true) };
}
