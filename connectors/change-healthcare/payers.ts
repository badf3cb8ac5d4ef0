// Who can be reached through Change Healthcare (payer list v1).
import type { ConnectorContext, Outcome } from '../connector.ts';
import { doubtful } from '../faults.ts';
import { at, countAt, isObject, listAt, textAt } from '../json.ts';
import { failureOf, isFailure, read } from '../medical-network/network.ts';
import type { MedicalNetwork } from '../medical-network/network.ts';

export interface ListedPayer {
  readonly id: string;
  readonly name: string;
  readonly status: string | null;
  readonly transaction: string | null;
  readonly state: string | null;
}

export interface PayerList {
  readonly payers: readonly ListedPayer[];
  /** How many there are in all; the list may hold fewer. Null where it is not told. */
  readonly total: number | null;
}

export interface PayerQuestion {
  /** Part of a plan's name. */
  readonly name?: string;
  readonly limit?: number;
}

export async function listPayers(
  context: ConnectorContext,
  network: MedicalNetwork,
  { name, limit = 100 }: PayerQuestion,
): Promise<Outcome<PayerList>> {
  const query = new URLSearchParams({
    pageSize: String(limit),
    ...(name === undefined ? {} : { payerPlanName: name }),
  });
  const answer = await network.send({
    ...read,
    method: 'GET',
    path: `/medicalnetwork/payerlist/v1/payers?${query.toString()}`,
    pool: 'inquiries',
  });
  if (isFailure(answer)) return answer;
  if (answer.status !== 200) return failureOf(context, answer, read);
  if (!Array.isArray(at(answer.json, 'data'))) return doubtful(read, 'vendor.malformed');
  const payers = listAt(answer.json, 'data')
    .filter(isObject)
    .flatMap((payer) => {
      const id = textAt(payer, 'payerId');
      const title = textAt(payer, 'payerPlanName');
      if (id === null || title === null) return [];
      return [
        {
          id,
          name: title,
          status: textAt(payer, 'status'),
          transaction: textAt(payer, 'transactionType'),
          state: textAt(payer, 'stateDoingBusiness'),
        },
      ];
    });
  return { kind: 'done', result: { payers, total: countAt(answer.json, 'totalCount') } };
}
