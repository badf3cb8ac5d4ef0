// What each simulated system can be told to have wrong, by the name a connection has for it: a part of docs/connectors.md.
import { faultNames as availity } from './availity/faults.ts';
import { faultNames as network } from './medical-network/faults.ts';
import { faultNames as therabill } from './therabill/faults.ts';
import { faultNames as x12Files } from './x12-files/faults.ts';

export const faultNames: Readonly<Partial<Record<string, readonly string[]>>> = {
  // Its reports are written at once: what can be wrong with them is chosen with the report.
  webpt: ['another dialect', 'changed columns', 'placeholders for numbers', 'missing rows'],
  therabill,
  availity,
  // Both are simulated by the same Medical Network.
  changeHealthcare: network,
  stedi: network,
  x12Files,
};
