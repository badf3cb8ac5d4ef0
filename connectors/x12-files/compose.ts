// Writes what a person approved as a file of this connection: a claim as 837P, a request for authorization as 278.
import type { AuthorizationRequest } from '../../domain/authorization/request-schema.ts';
import type { ClaimDraft } from '../../domain/claim/draft-schema.ts';
import { writeProfessionalClaims } from '../../domain/x12/writers/professional-claims.ts';
import { writeServiceReviewRequest } from '../../domain/x12/writers/service-reviews.ts';
import type { ConnectorContext } from '../connector.ts';
import { readX12FilesConfig } from './config.ts';
import { wallClock, writeForConnection } from './envelope.ts';

/**
 * One claim in an interchange of its own, under new numbers. The heading says who submits to whom as the clinic's own file said it.
 * @throws GaitError `input.invalid` where the claim lacks what every 837P must say
 */
export function composeClaim(context: ConnectorContext, { claim, heading }: ClaimDraft): Promise<string> {
  const config = readX12FilesConfig(context.config);
  const { date, time } = wallClock(context.now(), config.zone);
  const id = claim.payer.id === null ? null : (config.payers[claim.payer.id] ?? claim.payer.id);
  const sent = { ...claim, payer: { ...claim.payer, id } };
  return writeForConnection(context, '837', [
    (control) =>
      writeProfessionalClaims(
        control,
        { ...heading.submission, purpose: '00', reference: control, createdOn: date, createdAt: time },
        [sent],
      ),
  ]);
}

/** @throws GaitError `input.invalid`, naming the field, where a payer could not read the request */
export function composeRequest(context: ConnectorContext, request: AuthorizationRequest): Promise<string> {
  const config = readX12FilesConfig(context.config);
  const { date, time } = wallClock(context.now(), config.zone);
  return writeForConnection(context, '278', [
    (control) => writeServiceReviewRequest({ control, reference: control, date, time }, request, control),
  ]);
}
