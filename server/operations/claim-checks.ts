// Lets a clearinghouse check a claim before anybody approves it: nothing reaches a payer.
import { claimSenders } from '../../connectors/claim-senders.ts';
import { fitsJson, lacking } from '../../connectors/medical-network/claim-x12.ts';
import { GaitError } from '../../domain/errors.ts';
import { claimNamed, openClaim } from '../claims/records.ts';
import type { Db } from '../database/tables.ts';
import { systemPrincipal } from '../http/principal.ts';
import type { Validator } from '../http/validation.ts';
import type { Vault } from '../vault/vault.ts';
import { done } from './done.ts';
import { subjectOf } from './reading.ts';
import type { Reading } from './reading.ts';

interface Needs {
  readonly db: Db;
  readonly vault: Vault;
  readonly validator: Validator;
}

/** `validate` goes as the claim would be sent, `validateX12` always as X12. */
export function claimCheckReadings(needs: Needs): ReadonlyMap<string, Reading> {
  const readings = claimSenders.flatMap(({ checks, compose }): [string, Reading][] => {
    if (checks === null) return [];
    const reading =
      (isX12: boolean): Reading =>
      async ({ clinic, ask, by, open }) => {
        const { row } = await claimNamed(needs.db, clinic, subjectOf(ask, 'a claim'));
        const operation = isX12 ? checks.x12 : checks.json;
        const context = await open(operation);
        const draft = await openClaim(needs, row, {
          purpose: operation.name,
          actor: systemPrincipal('operations', by),
        });
        const [missing] = lacking(draft.claim);
        if (missing !== undefined)
          throw new GaitError('input.invalid', 'The claim lacks what every claim must say.', { where: missing });
        const { acceptable, edits, raw } = done(
          isX12 || !fitsJson(draft.claim)
            ? await checks.x12.run(context, { x12: await compose(context, draft) })
            : await checks.json.run(context, { claim: draft.claim }),
        );
        const record = await needs.vault.put(clinic, 'claimCheck', { claim: row.ref, edits, raw });
        return {
          outcome: acceptable ? 'acceptable' : 'refused',
          structure: { acceptable, edits },
          refs: [record],
        };
      };
    return [
      [checks.json.name, reading(false)],
      [checks.x12.name, reading(true)],
    ];
  });
  return new Map(readings);
}
