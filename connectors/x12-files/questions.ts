// Questions to payers that are asked and answered by files: each is asked once, under its trace, and found again by it.
import type { ClaimStatusAnswer, ClaimStatusRequest } from '../../domain/claim/status.ts';
import type { EligibilityAnswer } from '../../domain/eligibility/answer.ts';
import type { EligibilityRequest } from '../../domain/eligibility/request-schema.ts';
import { readClaimStatuses } from '../../domain/x12/readers/claim-status-response.ts';
import { readEligibilityResponse } from '../../domain/x12/readers/eligibility-response.ts';
import type { TransactionSet } from '../../domain/x12/transaction-set.ts';
import type { WrittenSet } from '../../domain/x12/writer.ts';
import { writeClaimStatusInquiry } from '../../domain/x12/writers/claim-status-inquiry.ts';
import { writeEligibilityInquiry } from '../../domain/x12/writers/eligibility-inquiry.ts';
import type { ConnectorContext, Failure, Outcome, Rejected } from '../connector.ts';
import type { Asked, ClaimStatusCheckResult, EligibilityCheckResult, Pending } from '../payer-operations.ts';
import { acknowledgmentOf } from './acknowledgments.ts';
import type { X12FilesConfig } from './config.ts';
import { wallClock, writeForConnection } from './envelope.ts';
import { place, standingOf } from './place.ts';
import { withFiles } from './session.ts';
import type { AnswerKind } from './sort.ts';
import { setsOf, tracesOf } from './sort.ts';
import type { Session } from './take-in.ts';
import { takeIn } from './take-in.ts';

interface Question<Request, Answer> {
  readonly asks: '270' | '276';
  readonly answers: AnswerKind;
  write(request: Request, config: X12FilesConfig, header: Header): WrittenSet;
  /** What the set says to the question with this trace. */
  read(set: TransactionSet, trace: string): Answer;
}

interface Header {
  readonly control: string;
  readonly reference: string;
  readonly date: string;
  readonly time: string;
}

type Checked<Answer> = { readonly kind: 'answered'; readonly answer: Answer; readonly raw: unknown } | Pending;

/** Of what a set says, what it says to one trace; all of it where the payer gave none back: BHT03 has brought us here then. */
function ofTrace<Part extends { readonly trace: string | null }>(
  parts: readonly Part[],
  trace: string,
): readonly Part[] {
  return parts.some((part) => part.trace !== null) ? parts.filter((part) => part.trace === trace) : parts;
}

function payerOf<Payer extends { readonly id: string }>(config: X12FilesConfig, payer: Payer): Payer {
  return { ...payer, id: config.payers[payer.id] ?? payer.id };
}

const eligibility: Question<EligibilityRequest, EligibilityAnswer> = {
  asks: '270',
  answers: '271',
  write: (request, config, header) =>
    writeEligibilityInquiry([{ ...request, payer: payerOf(config, request.payer) }], header),
  read: (set, trace) => {
    const { answer } = readEligibilityResponse(set);
    return { ...answer, people: ofTrace(answer.people, trace) };
  },
};

const claimStatus: Question<ClaimStatusRequest, ClaimStatusAnswer> = {
  asks: '276',
  answers: '277',
  write: (request, config, header) =>
    writeClaimStatusInquiry([{ ...request, payer: payerOf(config, request.payer) }], {
      ...header,
      submitter: { name: request.provider.organizationName, id: config.senderId },
    }),
  read: (set, trace) => {
    const { value } = readClaimStatuses(set);
    return { ...value, claims: ofTrace(value.claims, trace) };
  },
};

/** The payer's answer to a trace, where a file with it has been taken in. */
async function answerOf<Answer>(
  { archive }: Session,
  question: Question<never, Answer>,
  trace: string,
): Promise<Checked<Answer> | null> {
  const found = await archive.pointed('answers', `${question.answers}-${trace}`);
  if (found === null) return null;
  const sets = setsOf(found.bytes);
  const set = sets.find((one) => one.type === question.answers && tracesOf(one).has(trace));
  if (set === undefined) return null;
  return { kind: 'answered', answer: question.read(set, trace), raw: rawOf(found.bytes, sets, set) };
}

/** The text of the answer: the whole file, or where that answers others too, from this transaction set to the next one. */
function rawOf(bytes: Buffer, sets: readonly TransactionSet[], set: TransactionSet): string {
  if (sets.length === 1) return bytes.toString('utf8');
  const next = sets[sets.indexOf(set) + 1]?.segments[0]?.place.offset;
  return bytes.subarray(set.segments[0]?.place.offset, next).toString('utf8');
}

/** A file that was refused is never answered: better said now than waited for. */
async function refusalOf(session: Session, name: string): Promise<Rejected | null> {
  const standing = await standingOf(session, name);
  if (standing.kind !== 'sent') return null;
  const known = await acknowledgmentOf(session, standing.text, standing.at);
  if (known === null || known.status !== 'rejected') return null;
  const { ta1, groups } = known;
  const ofGroups = groups.flatMap(({ code }) => (code === null ? [] : [{ code: `999-${code}` }]));
  const reasons = ta1?.code === 'R' ? [{ code: `TA1-${ta1.note}` }] : ofGroups;
  return { kind: 'rejected', code: 'vendor.rejected', reasons };
}

async function check<Request extends { readonly trace: string }, Answer>(
  context: ConnectorContext,
  question: Question<Request, Answer>,
  { request, vendorRequestId }: Asked<Request>,
): Promise<Outcome<Checked<Answer>>> {
  const outcome = await withFiles<Checked<Answer> | Failure>(context, async (session) => {
    const { config } = session;
    // The trace we asked under is the one to look for, whatever it may be called by now.
    const trace = vendorRequestId ?? request.trace;
    const name = `${question.asks}-${trace}`;
    const pending: Pending = { kind: 'pending', vendorRequestId: trace, retryAfterSeconds: config.answerSeconds };
    const known = await answerOf(session, question, trace);
    if (known !== null) return known;
    if (vendorRequestId === null && (await standingOf(session, name)).kind !== 'sent') {
      const header = { reference: trace, ...wallClock(context.now(), config.zone) };
      const text = await writeForConnection(context, question.asks, [
        (control) => question.write(request, config, { control, ...header }),
      ]);
      await place(session, name, text, () => undefined);
      return pending;
    }
    await takeIn(session);
    return (await answerOf(session, question, trace)) ?? (await refusalOf(session, name)) ?? pending;
  });
  return isResult(outcome) ? { kind: 'done', result: outcome } : outcome;
}

function isResult<Answer>(outcome: Checked<Answer> | Failure): outcome is Checked<Answer> {
  return outcome.kind === 'answered' || outcome.kind === 'pending';
}

export function checkEligibility(
  context: ConnectorContext,
  asked: Asked<EligibilityRequest>,
): Promise<Outcome<EligibilityCheckResult>> {
  return check(context, eligibility, asked);
}

export function checkClaimStatus(
  context: ConnectorContext,
  asked: Asked<ClaimStatusRequest>,
): Promise<Outcome<ClaimStatusCheckResult>> {
  return check(context, claimStatus, asked);
}
