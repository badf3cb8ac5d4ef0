// How good drafts are, as figures: changed words by section, and verdicts of the sample.
export const verdicts = ['sound', 'minorFaults', 'seriousFaults', 'notLooked'] as const;
export type Verdict = (typeof verdicts)[number];

/** Words of one section over all signed drafts. */
export interface SectionFigure {
  readonly section: string;
  readonly notes: number;
  readonly draftedWords: number;
  readonly signedWords: number;
  readonly changedWords: number;
  /** Changed words by the longer of both texts, 0 to 1; null: it has no words. */
  readonly changedShare: number | null;
}

export interface DraftFigures {
  readonly from: string | null;
  readonly signed: { readonly composer: number; readonly model: number };
  readonly sections: readonly SectionFigure[];
  readonly audits: { readonly open: number } & Readonly<Record<Verdict, number>>;
}
