// What each simulated system can be told to have wrong, by the name a connection has for it: a part of docs/connectors.md.
import { faultNames as availity } from './availity/faults.ts';
import { faultNames as fhir } from './fhir/faults.ts';
import { receivingFaults, writingFaults } from './hl7/faults.ts';
import { faultNames as janeApp } from './jane-app/faults.ts';
import { failures, lies } from './language-model/lies.ts';
import { faultNames as lumaHealth } from './luma-health/faults.ts';
import { faultNames as network } from './medical-network/faults.ts';
import { faultNames as partner } from './partner-api/faults.ts';
import { faultNames as smtp } from './smtp/faults.ts';
import { faultNames as therabill } from './therabill/faults.ts';
import { faultNames as twilio } from './twilio/faults.ts';
import { faultNames as x12Files } from './x12-files/faults.ts';

/** Each once: several ways in share what befalls every call. */
const all = (...lists: readonly (readonly string[])[]): readonly string[] => [...new Set(lists.flat())];

/** What is planted in the exported reports, told in the answer of the export. */
const planted = [
  'second records of one person',
  'contradictions between systems',
  'rows that nobody can use',
  'visits whose books disagree',
] as const;
const hl7 = all(writingFaults, receivingFaults);

export const faultNames: Readonly<Partial<Record<string, readonly string[]>>> = {
  // Its reports are written at once: what can be wrong with them is chosen with the report.
  webpt: all(['another dialect', 'changed columns', 'placeholders for numbers', 'missing rows'], hl7),
  clinicient: all(planted, ['Windows-1252 under title lines'], hl7, partner),
  raintree: all(planted, ['workbooks under a merged title', 'clocks of another zone'], hl7, fhir, partner),
  prompt: all(planted, ['preferred names', 'moments in UTC'], partner),
  breezyNotes: all(planted, ['UTF-16', 'no payers', 'no schedule']),
  janeApp: all(janeApp, ['webhooks wrongly signed, changed, late, unsigned or repeated']),
  lumaHealth,
  // A folder and a status page: its contract test is what is simulated.
  klara: [
    'a folder that is not there',
    'a table taken away',
    'the same table left by several at once',
    'a status page out of reach',
    'a status that nobody knows',
    'an answer that is no status',
  ],
  languageModel: all(lies, failures),
  twilio: all(twilio, ['webhooks wrongly signed, changed, for another address or account, unsigned or repeated']),
  smtp,
  therabill,
  availity,
  // Both are simulated by the same Medical Network.
  changeHealthcare: network,
  stedi: network,
  x12Files,
};
