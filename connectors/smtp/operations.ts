// What Gait asks of a mail server: to take one e-mail, once, and whether it lets us in.
import type { ConnectionTest, ConnectorContext, Effect, Failure, Inquiry, Outcome, Read } from '../connector.ts';
import { rejected } from '../faults.ts';
import { isFailure, read } from '../rest/answer.ts';
import { compose, messageIdOf } from './compose.ts';
import type { MailSending } from './compose.ts';
import { oneAddress, readSmtpConfig, smtpConfigSchema, smtpTimes as times } from './config.ts';
import { handOver, lookIn } from './session.ts';

/** An e-mail that the clinic's mail server took: it may still come back from the other end, as a message to the sender. */
export interface MailRecord {
  /** Its Message-ID, with angle brackets. */
  readonly id: string;
}

const isUnsubscribe = new RegExp(smtpConfigSchema.properties.unsubscribe.pattern);

function refusal({ to, subject, text, unsubscribe }: MailSending): Failure | null {
  if (text.trim() === '') return rejected('input.invalid', [{ code: 'missing', field: 'text' }]);
  if (subject.trim() === '') return rejected('input.invalid', [{ code: 'missing', field: 'subject' }]);
  if (!new RegExp(oneAddress).test(to)) return rejected('input.invalid', [{ code: 'address-malformed', field: 'to' }]);
  if (unsubscribe !== undefined && !isUnsubscribe.test(unsubscribe))
    return rejected('input.invalid', [{ code: 'address-malformed', field: 'unsubscribe' }]);
  return null;
}

async function sendMail(context: ConnectorContext, mail: MailSending): Promise<Outcome<MailRecord>> {
  const refused = refusal(mail);
  if (refused !== null) return refused;
  const config = readSmtpConfig(context.config);
  const { inquireAfterSeconds, from } = config;
  const message = await compose(mail, config, context.now());
  const outcome = await handOver(context, { from, to: mail.to, message }, { effect: true, inquireAfterSeconds });
  return outcome === 'taken' ? { kind: 'done', result: { id: messageIdOf(mail.key, config) } } : outcome;
}

/** A mail server cannot be asked what it took: nothing is ever found, and a person decides. */
function findMail(): Promise<Inquiry<MailRecord>> {
  return Promise.resolve({ kind: 'notFound' });
}

async function test(context: ConnectorContext): Promise<Outcome<ConnectionTest>> {
  const facts = await lookIn(context, read);
  if (isFailure(facts)) return facts;
  return {
    kind: 'done',
    result: {
      facts: [
        { label: 'Encryption', value: facts.protocol ?? 'none: this machine' },
        { label: 'Signed in', value: facts.signedIn ? 'yes' : 'no user is set' },
        { label: 'Whether a message was taken', value: 'cannot be asked afterwards: in doubt a person decides' },
      ],
    },
  };
}

interface SmtpOperations {
  readonly 'smtp.message.send': Effect<MailSending, MailRecord>;
  readonly 'smtp.connection.test': Read<Record<string, never>, ConnectionTest>;
}

/** A session of at most five minutes, and half of that of waiting for its turn. */
const common = { system: 'smtp', requestTimeoutSeconds: 450 } as const;

export const smtpOperations: SmtpOperations = {
  'smtp.message.send': {
    ...common,
    name: 'smtp.message.send',
    effect: true,
    inquireAfterSeconds: 60,
    times,
    run: sendMail,
    inquire: findMail,
  },
  'smtp.connection.test': { ...common, name: 'smtp.connection.test', effect: false, run: test },
};
