// A failure a person can act on: one sentence saying what is wrong, one saying what to do. Shown without a stack trace.

/** `what` is wrong and `todo`, both plain sentences without PHI. */
export class Problem extends Error {
  readonly what: string;
  readonly todo: string;

  constructor(what: string, todo: string) {
    super(`${what} ${todo}`);
    this.name = 'Problem';
    this.what = what;
    this.todo = todo;
  }
}

/** The one line printed for an error that ends a command: a `Problem` in its own words, anything else by its message. */
export function lineOf(error: unknown): string {
  if (error instanceof Problem) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
