// The clinic's own claim files: taken from the folder its billing software leaves them in, handed out until they are kept.
import type { Failure, Outcome } from '../connector.ts';
import { Archive } from './archive.ts';
import { fetchFiles } from './fetch.ts';
import type { FetchRequest, FilesFetch } from './fetch.ts';
import type { Session } from './take-in.ts';

const unset: Failure = {
  kind: 'rejected',
  code: 'input.invalid',
  reasons: [{ code: 'missing', field: 'claims' }],
};

/** As `fetchFiles`, of the folder of claim files, with shelves of their own: what comes and what goes are not mixed up. */
export async function fetchClaims(session: Session, request: FetchRequest): Promise<Outcome<FilesFetch>> {
  const { files, config } = session;
  const { claims } = config;
  if (claims === undefined) return unset;
  const folder = `${config.archive}/claims`;
  await files.makeFolder(folder);
  const own: Session = { ...session, config: { ...config, inbox: claims }, archive: new Archive(files, folder) };
  return { kind: 'done', result: await fetchFiles(own, request) };
}
