// Verifies a document, whoever wrote it, against the record alone: it reads the text itself and knows nothing of the composer.
import type { NoteDocument } from '../note/document-schema.ts';
import type { NoteSource } from '../note/source-schema.ts';
import { checkCitations, Paths, Pointers } from './citations.ts';
import { Evidence } from './evidence.ts';
import type { Fact } from './facts.ts';
import type { NoteFinding } from './finding.ts';
import { Lexicon } from './lexicon.ts';
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
  const lexicon = new Lexicon();
  const paths = new Paths();
  return (document, source) =>
    verifyDocument(document, new Evidence(source, lexicon), new Pointers(source, paths), rules);
}

function verifyDocument(
  document: NoteDocument,
  evidence: Evidence,
  pointers: Pointers,
  rules: VerificationRules,
): Verification {
  const findings: NoteFinding[] = [];
  const traces: Trace[] = [];
  const senses: Placed[] = [];
  for (const [section, { sentences }] of document.sections.entries())
    for (const [sentence, each] of sentences.entries()) {
      const sense = checkSentence(each.text, evidence);
      if (sense.trend !== null) checkTrend(evidence, sense);
      senses.push({ sense, section, sentence });
      addTraces(traces, sense, section, sentence);
      for (const doubt of checkCitations(pointers, each)) findings.push(placed(doubt, section, sentence));
    }
  for (const at of senses)
    for (const doubt of at.sense.doubts) findings.push(...withContradiction(doubt, at, senses, evidence));
  findings.push(
    ...dropped(evidence, document, rules),
    ...authorship(evidence.source, document, rules),
    ...sinceLast(evidence.source, rules),
  );
  return { findings, traces, maySign: findings.every(maySign) };
}

function addTraces(traces: Trace[], { traced }: Sense, section: number, sentence: number): void {
  for (const { atom, facts } of traced)
    traces.push({ section, sentence, from: atom.from, to: atom.to, pointers: facts.map(pointerOf) });
}

function pointerOf({ pointer }: Fact): string {
  return pointer;
}

function maySign({ severity }: NoteFinding): boolean {
  return severity !== 'block';
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
