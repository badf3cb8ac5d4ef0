// An answer that is more than a 200 with a JSON body.

/** `file` is sent from `root`, both set by the server, never taken from a caller without a check. */
export class Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly file: { readonly root: string; readonly path: string } | undefined;

  constructor(
    status: number,
    body: unknown,
    more: { headers?: Readonly<Record<string, string>>; file?: { root: string; path: string } } = {},
  ) {
    this.status = status;
    this.body = body;
    this.headers = more.headers ?? {};
    this.file = more.file;
  }
}

/** An answer with another status than 200, or with headers. A text goes out as it is: name its type among the headers. */
export function reply(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return new Reply(status, body, { headers });
}

/** A file of a folder of ours. */
export function fileReply(root: string, path: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return new Reply(200, undefined, { headers, file: { root, path } });
}
