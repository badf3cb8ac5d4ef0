// Where the pieces listen: the default ports and the settings that move them.
import { freePorts, isFree, portTaken } from './ports.ts';
import { Problem } from './problem.ts';

/** The ports of one stack, all on loopback. */
export interface StackPorts {
  readonly server: number;
  readonly n8n: number;
  readonly temporal: number;
  readonly temporalUi: number;
  readonly postgres: number;
  readonly sandbox: number;
  readonly sandboxMail: number;
  readonly sandboxHl7: number;
  readonly workerHealth: number;
  readonly n8nBroker: number;
}

interface PortRow {
  readonly key: keyof StackPorts;
  readonly title: string;
  readonly setting: string;
  readonly fallback: number;
}

/** Every port with the program that listens there and the variable that moves it. */
export const portTable: readonly PortRow[] = [
  { key: 'server', title: 'the server', setting: 'GAIT_SERVER_PORT', fallback: 7310 },
  { key: 'n8n', title: 'n8n', setting: 'GAIT_N8N_PORT', fallback: 7311 },
  { key: 'temporal', title: 'Temporal', setting: 'GAIT_TEMPORAL_PORT', fallback: 7312 },
  { key: 'temporalUi', title: "Temporal's page", setting: 'GAIT_TEMPORAL_UI_PORT', fallback: 7313 },
  { key: 'postgres', title: 'PostgreSQL', setting: 'GAIT_POSTGRES_PORT', fallback: 7314 },
  { key: 'sandbox', title: 'the sandbox', setting: 'GAIT_SANDBOX_PORT', fallback: 7315 },
  { key: 'workerHealth', title: 'the worker', setting: 'GAIT_WORKER_HEALTH_PORT', fallback: 7316 },
  { key: 'n8nBroker', title: "n8n's task runner", setting: 'GAIT_N8N_BROKER_PORT', fallback: 7317 },
  { key: 'sandboxMail', title: "the sandbox's mail server", setting: 'GAIT_SANDBOX_SMTP_PORT', fallback: 7318 },
  { key: 'sandboxHl7', title: "the sandbox's HL7 receiver", setting: 'GAIT_SANDBOX_HL7_PORT', fallback: 7319 },
];

function portOf(env: Readonly<Record<string, string | undefined>>, row: PortRow): number {
  const text = env[row.setting];
  if (text === undefined || text === '') return row.fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Problem(`${row.setting} is not a port number.`, 'Set it to a number from 1 to 65535.');
  return port;
}

function fromTable(portFor: (row: PortRow) => number): StackPorts {
  const of = (key: keyof StackPorts): number => {
    const row = portTable.find((entry) => entry.key === key);
    if (row === undefined) throw new Error(`no port named ${key}`);
    return portFor(row);
  };
  return {
    server: of('server'),
    n8n: of('n8n'),
    temporal: of('temporal'),
    temporalUi: of('temporalUi'),
    postgres: of('postgres'),
    sandbox: of('sandbox'),
    sandboxMail: of('sandboxMail'),
    sandboxHl7: of('sandboxHl7'),
    workerHealth: of('workerHealth'),
    n8nBroker: of('n8nBroker'),
  };
}

/** The ports from the environment. Throws a `Problem` naming a setting that is no port, or a port used twice. */
export function portsFrom(env: Readonly<Record<string, string | undefined>>): StackPorts {
  const ports = fromTable((row) => portOf(env, row));
  const seen = new Map<number, string>();
  for (const row of portTable) {
    const other = seen.get(ports[row.key]);
    if (other !== undefined)
      throw new Problem(`Port ${ports[row.key]} is given to both ${other} and ${row.title}.`, `Change ${row.setting}.`);
    seen.set(ports[row.key], row.title);
  }
  return ports;
}

/** Fresh ports for a test. */
export async function freeStackPorts(): Promise<StackPorts> {
  const free = await freePorts(portTable.length);
  return fromTable((row) => free[portTable.indexOf(row)] ?? row.fallback);
}

/** Throws the sentence for the first port that something else holds. */
export async function requireFree(ports: StackPorts, unused: ReadonlySet<keyof StackPorts>): Promise<void> {
  for (const row of portTable) {
    if (!unused.has(row.key) && !(await isFree(ports[row.key])))
      throw portTaken(row.title, ports[row.key], row.setting);
  }
}
