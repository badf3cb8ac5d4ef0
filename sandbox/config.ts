// What the sandbox reads from its environment: one typed reader, one sentence for each thing that is wrong.

export interface SandboxConfig {
  readonly port: number;
  readonly seed: number;
  /** Where reviews, journal and pending faults survive a restart. */
  readonly stateFolder: string;
  /** Null: no SFTP server. */
  readonly sftpPort: number | null;
  /** Null: no mail server. */
  readonly smtpPort: number | null;
  /** Null: nobody takes HL7 messages before a lever says so. */
  readonly hl7Port: number | null;
}

const greatestSeed = 2 ** 31;

function wholeNumber(name: string, text: string, smallest: number, greatest: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < smallest || value > greatest) {
    throw new Error(`${name} must be a whole number from ${smallest} to ${greatest}.`);
  }
  return value;
}

/**
 * Reads `GAIT_SANDBOX_PORT` (7315), `GAIT_SANDBOX_SEED` (1), `GAIT_SANDBOX_SFTP_PORT`, `GAIT_SANDBOX_SMTP_PORT` and
 * `GAIT_SANDBOX_HL7_PORT` (no SFTP, no mail server, no HL7 receiver without them) and the state folder: `GAIT_SANDBOX_STATE`, or `sandbox` inside `GAIT_HOME`. Throws an Error whose message is one sentence.
 */
export function readSandboxConfig(env: Readonly<Record<string, string | undefined>>): SandboxConfig {
  const home = env['GAIT_HOME'];
  const stateFolder = env['GAIT_SANDBOX_STATE'] ?? (home ? `${home}/sandbox` : undefined);
  if (!stateFolder) throw new Error('Set GAIT_HOME or GAIT_SANDBOX_STATE: the sandbox keeps its journal there.');
  const ownPort = (name: string): number | null => {
    const text = env[name];
    return text === undefined ? null : wholeNumber(name, text, 1, 65535);
  };
  return {
    port: wholeNumber('GAIT_SANDBOX_PORT', env['GAIT_SANDBOX_PORT'] ?? '7315', 1, 65535),
    seed: wholeNumber('GAIT_SANDBOX_SEED', env['GAIT_SANDBOX_SEED'] ?? '1', 0, greatestSeed),
    stateFolder,
    sftpPort: ownPort('GAIT_SANDBOX_SFTP_PORT'),
    smtpPort: ownPort('GAIT_SANDBOX_SMTP_PORT'),
    hl7Port: ownPort('GAIT_SANDBOX_HL7_PORT'),
  };
}
