// What a clearinghouse says of the files claims left in (TA1, 999) goes to the claims they held, found by the interchange's number.
import type { SentInterchange } from '../../connectors/x12-files/acknowledgments.ts';
import { x12FilesOperations } from '../../connectors/x12-files/operations.ts';
import type { Trx } from '../database/tables.ts';
import { leaveWord } from './life/tellings.ts';

/** Each verdict is told once, however often it is read. A file of which not all is known yet says nothing. */
export async function keepFileAcknowledgments(
  trx: Trx,
  of: {
    readonly clinic: string;
    readonly connection: string;
    readonly interchanges: readonly SentInterchange[];
    readonly at: Date;
  },
): Promise<void> {
  const { clinic, connection, at } = of;
  const judged = of.interchanges.filter(({ kind, status }) => kind === '837' && status !== 'pending');
  if (judged.length === 0) return;
  const effects = await trx
    .selectFrom('effects')
    .select(['key', 'outcome'])
    .where('clinic', '=', clinic)
    .where('connection', '=', connection)
    .where('operation', '=', x12FilesOperations['x12Files.send'].name)
    .where('key', 'like', 'claim.submit/%')
    .where('state', '=', 'done')
    .orderBy('created_at', 'desc')
    .limit(500)
    .execute();
  for (const interchange of judged) {
    const effect = effects.find(({ outcome }) => Number(outcome?.structure['control']) === Number(interchange.control));
    const [, claim] = effect?.key.split('/') ?? [];
    if (effect === undefined || claim === undefined) continue;
    const { key } = effect;
    const { level, accepted, codes } = verdictOf(interchange);
    const id = `acknowledgment/${key}/${level}/${accepted ? 'accepted' : 'rejected'}`;
    const body = { what: 'acknowledgment', level, accepted, key, codes } as const;
    await leaveWord(trx, { id, clinic, claim, body, at });
  }
}

function verdictOf({ status, ta1, groups }: SentInterchange) {
  // A file of ours holds one claim: taken in part, it was not taken.
  const accepted = status === 'accepted';
  if (ta1?.code === 'R') return { level: 'TA1', accepted, codes: `TA1 ${ta1.note}` } as const;
  const reasons = groups.flatMap(({ transactions }) => transactions.flatMap((one) => one.reasons));
  return { level: '999', accepted, codes: accepted ? null : ['999', ...new Set(reasons)].join(' ') } as const;
}
