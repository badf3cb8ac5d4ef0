// The catalogue's rows of vendors of messages and of language: their wires and what is known not to work.
import type { CatalogueRows } from './catalogue-row.ts';

export const messagingRows = {
  twilio: {
    transport: 'REST over HTTPS, Basic authentication with an API key; signed webhooks',
    source:
      'Twilio API documents: Programmable Messaging and Voice 2010-04-01, TwiML, Webhooks security, error dictionary',
    operations: {
      'twilio.message.send': { wire: '`POST /Accounts/{sid}/Messages.json` once', checked: 'vendor document' },
      'twilio.message.get': { wire: '`GET /Accounts/{sid}/Messages/{id}.json`', checked: 'vendor document' },
      'twilio.call.place': {
        wire: '`POST /Accounts/{sid}/Calls.json` once, with `<Say>`',
        checked: 'vendor document',
      },
      'twilio.call.get': { wire: '`GET /Accounts/{sid}/Calls/{id}.json`', checked: 'vendor document' },
      'twilio.connection.test': {
        wire: '`GET /Accounts/{sid}/IncomingPhoneNumbers.json`',
        checked: 'vendor document',
      },
    },
    limits: [
      'There is no idempotency key for messages and calls: after a doubtful sending Gait looks for the same words to the same number, or for a call to it, made since, and never sends again by itself.',
      'Where the account has its texts redacted, a message in doubt cannot be told from another one: a person decides.',
      'A webhook’s signature covers no time: a repeat is told by what it says, and changes nothing.',
      'A call that was taken up may have been taken up by a machine: Twilio’s detection of machines is not used.',
      'Twilio itself obeys STOP and its kin (CANCEL among them) and takes YES for a new consent, unless the account says otherwise.',
    ],
  },
  smtp: {
    transport: 'SMTP submission with TLS, STARTTLS or implicit',
    source: 'RFC 5321, 3207, 4954, 3463, 5322, 2369 and 3834; the mail server is the clinic’s own',
    operations: {
      'smtp.message.send': { wire: 'one session, one message to one address', checked: 'open standard' },
      'smtp.connection.test': { wire: 'a session that signs in and sends nothing', checked: 'open standard' },
    },
    limits: [
      'A mail server cannot be asked what it took: a message in doubt is left to a person. Its Message-ID stays the same, so that a mailbox can tell a repeat.',
      'That it was taken does not say that it arrived: what comes back later goes to the sender’s mailbox, which Gait does not read.',
      'Encrypted is the way to the clinic’s own mail server; beyond it nobody can promise that. What the message says must be fit for it.',
    ],
  },
  languageModel: {
    transport: 'REST over HTTPS with a bearer key; plain HTTP only to a numeric address of the own network',
    source:
      'OpenAI API reference: chat completions, audio transcriptions, models; as vLLM, llama.cpp and others offer them',
    operations: {
      'languageModel.sentences.rewrite': { wire: '`POST /chat/completions` once', checked: 'vendor document' },
      'languageModel.speech.transcribe': { wire: '`POST /audio/transcriptions` once', checked: 'vendor document' },
      'languageModel.connection.test': { wire: '`GET /models`', checked: 'vendor document' },
    },
    limits: [
      'Nothing else of an endpoint is called: no tools, no files, no streams, no second try.',
      'A vendor needs an agreement whose scope holds clinicalText; for speech also name, for people say names.',
      'What it answers counts for nothing until the verifier has found every claim of it on record.',
    ],
  },
} as const satisfies CatalogueRows;
