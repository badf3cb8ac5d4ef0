// The key under which a tablet keeps what is not sent yet: one for each person, handed out to them alone while they are signed in.
import { randomBytes } from 'node:crypto';
import { GaitError } from '../../domain/errors.ts';
import type { SessionPrincipal } from '../http/principal.ts';
import type { CaptureNeeds } from './needs.ts';

const kind = 'tabletKey';

/**
 * The signed-in person's own key, 32 bytes in base64, made at the first ask. A tablet forgets it at sign-out; what it kept
 * under it is readable again once the same person has signed in.
 */
export async function tabletKey({ db, vault }: CaptureNeeds, by: SessionPrincipal): Promise<string> {
  const { clinic, user } = by;
  return db.transaction().execute(async (trx) => {
    // Two tablets of one person at once must not make two keys.
    await trx.selectFrom('users').select('id').where('id', '=', user).forNoKeyUpdate().execute();
    const ref = await vault.find(clinic, kind, { user }, { trx });
    if (ref === null) {
      const made = randomBytes(32).toString('base64');
      await vault.put(clinic, kind, { key: made }, { lookup: { user }, trx });
      return made;
    }
    const { key } = await vault.open(clinic, ref, { purpose: 'session.tablet', actor: by, trx });
    if (typeof key !== 'string') throw new GaitError('internal.bug', 'A tablet key has not the form of one.');
    return key;
  });
}
