// One authored dictation and what it means, each entry of the record on a line of its own as `lines.ts` writes it.
export interface Spoken {
  readonly say: string;
  readonly means: readonly string[];
}

/** Made up for tests; no dictation of a real session is in the corpus. */
export type Corpus = readonly Spoken[];
