// Facts: the named values a rule's condition may speak of, each with its type, so that a rule is checked when it is loaded.

/** `text` also holds codes; `date` is `YYYY-MM-DD`, so that dates compare as texts do; `list` is a list of texts. */
export type FactType = 'text' | 'date' | 'number' | 'truth' | 'list';

interface FactDefinition {
  readonly type: FactType;
  /** One line for the writer of a rule: what it is, and when it is null. */
  readonly about: string;
}

export type FactDefinitions = Readonly<Record<string, FactDefinition>>;

interface Values {
  readonly text: string;
  readonly date: string;
  readonly number: number;
  readonly truth: boolean;
  readonly list: readonly string[];
}

/** null: not known. A condition that hangs on it is not checked; it is never taken for zero, no or nothing. */
export type FactValue = Values[FactType] | null;

export type Facts = Readonly<Record<string, FactValue>>;

/** The values of facts that are defined so. */
export type FactsOf<Definitions extends FactDefinitions> = {
  readonly [Name in keyof Definitions]: Values[Definitions[Name]['type']] | null;
};
