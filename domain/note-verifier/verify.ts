// Verifies a document, whoever wrote it, against the record alone: it reads the text itself and knows nothing of the composer.
import type { NoteDocument } from '../note/document-schema.ts';
import type { NoteSource } from '../note/source-schema.ts';
import { checkCitations, Pointers } from './citations.ts';
import { evidenceOf } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import type { NoteFinding } from './finding.ts';
import { buildLexicon } from './lexicon.ts';
import type { VerificationRules } from './rules-schema.ts';
import { checkSentence } from './sentence.ts';
import type { Doubt, Sense, Traced } from './sense.ts';
import { checkTrend } from './trends.ts';
import { agrees } from './trace.ts';
import { authorship, dropped, sinceLast } from './whole.ts';

/** Where in the text a value stands and which places of the record bear it. */
export interface Trace {
  readonly section: number;
  readonly sentence: number;
  readonly from: number;
  readonly to: number;
  readonly pointers: readonly string[];
}

export interface Verification {
  readonly findings: readonly NoteFinding[];
  readonly traces: readonly Trace[];
  /** Whether nothing stands in the way of a signature. */
  readonly maySign: boolean;
}

export type Verify = (document: NoteDocument, source: NoteSource) => Verification;

/** A verifier with its rules. Its words are read once, and it keeps nothing of what it verifies. */
export function verifier(rules: VerificationRules): Verify {
  const lexicon = buildLexicon();
  return (document, source) => {
    const evidence = evidenceOf(source, lexicon);
    const pointers = new Pointers(source);
    const findings: NoteFinding[] = [];
    const traces: Trace[] = [];
    const senses: Placed[] = [];
    document.sections.forEach(({ sentences }, section) => {
      sentences.forEach((each, sentence) => {
        const sense = checkSentence(each.text, evidence);
        checkTrend(evidence, sense);
        senses.push({ sense, section, sentence });
        for (const { atom, facts } of sense.traced)
          traces.push({
            section,
            sentence,
            from: atom.from,
            to: atom.to,
            pointers: facts.map(({ pointer }) => pointer),
          });
        for (const doubt of checkCitations(pointers, each)) findings.push(placed(doubt, section, sentence));
      });
    });
    for (const { sense, section, sentence } of senses)
      for (const doubt of sense.doubts)
        findings.push(...withContradiction(doubt, { sense, section, sentence }, senses, evidence));
    findings.push(
      ...dropped(evidence, document, rules),
      ...authorship(source, document, rules),
      ...sinceLast(source, rules),
    );
    return { findings, traces, maySign: findings.every(({ severity }) => severity !== 'block') };
  };
}

interface Placed {
  readonly sense: Sense;
  readonly section: number;
  readonly sentence: number;
}

function placed(doubt: Doubt, section: number, sentence: number): NoteFinding {
  return { ...doubt, pointers: [...doubt.pointers], severity: 'block', section, sentence };
}

/** An unsupported value of which another section tells the recorded one: the two contradict each other, and both are shown. */
function withContradiction(doubt: Doubt, at: Placed, senses: readonly Placed[], evidence: Evidence): NoteFinding[] {
  const finding = placed(doubt, at.section, at.sentence);
  if (doubt.class !== 'number' && doubt.class !== 'grade') return [finding];
  const pointers = new Set(doubt.pointers);
  const other = senses.find(
    ({ sense, section }) => section !== at.section && sense.traced.some((traced) => bears(traced, pointers, evidence)),
  );
  if (other === undefined) return [finding];
  return [
    finding,
    {
      ...finding,
      class: 'contradiction',
      message: `${doubt.message} Another section tells it as recorded.`,
      section: other.section,
      sentence: other.sentence,
      from: 0,
      to: 0,
    },
  ];
}

function bears({ facts, context }: Traced, pointers: ReadonlySet<string>, { current }: Evidence): boolean {
  const times = { isNowAllowed: true, earlier: [], isGoalAllowed: false };
  return (
    facts.length === 1 &&
    facts.some((fact) => pointers.has(fact.pointer) && current.all.includes(fact) && agrees(fact, { context, times }))
  );
}
