// Gait's codes with the words a node shows when the server sends none.
interface Words {
  readonly message: string;
  readonly fix: string;
}

/** Every code of Gait's error table with the words used when the server sends none. Codes equal domain/errors.ts (a test compares them). */
export const refusalWords = {
  'input.invalid': {
    message: 'Gait does not accept a value of this node',
    fix: 'Open the node and correct the value that is named.',
  },
  'input.too-large': { message: 'Too much was sent to Gait at once', fix: 'Send fewer items at a time.' },
  'access.unauthenticated': {
    message: 'Gait does not accept the API key of this credential',
    fix: 'Open the Gait API credential and enter a valid key; an administrator makes one under Connections → Keys.',
  },
  'access.expired': {
    message: 'The API key of this credential has expired',
    fix: 'Ask an administrator for a new key and enter it in the Gait API credential.',
  },
  'access.forbidden': {
    message: 'The API key of this credential may not do this',
    fix: 'Use a key of this clinic with the capability "flows" in the Gait API credential.',
  },
  'access.replayed': {
    message: 'This step call was already taken by an earlier run',
    fix: 'Nothing to do: the earlier run answers it.',
  },
  'access.too-many-attempts': {
    message: 'Too many refused attempts from here',
    fix: 'Wait a few minutes, then check the Gait API credential.',
  },
  'reference.unknown': {
    message: 'Gait does not know this reference',
    fix: 'Check which field the reference is taken from; it must come from a Gait node.',
  },
  'state.conflict': {
    message: 'Gait is already past this point',
    fix: 'Look at the authorization in the console; another run or person was first.',
  },
  'decision.refused': {
    message: 'The decision does not fit the work item any more',
    fix: 'Open the work item in the console and decide on what it shows now.',
  },
  'step.no-flow': {
    message: 'No published flow answers this step',
    fix: 'Publish a flow that starts with the Gait Step trigger for this step.',
  },
  'step.lost': {
    message: 'The flow brought no answer for this item',
    fix: 'Let every item that leaves the Gait Step trigger reach the Gait Step Answer node.',
  },
  'connection.unknown': {
    message: 'Gait does not know this connection',
    fix: 'Choose a connection from the list, or ask an administrator to add it in the console.',
  },
  'connection.refused': {
    message: 'The connected system cannot be reached',
    fix: 'Gait tries again by itself. If it stays so, test the connection in the console.',
  },
  'connection.credentials': {
    message: 'The connected system does not accept the credentials stored in Gait',
    fix: 'Ask an administrator to rotate the credentials of this connection in the console.',
  },
  'vendor.throttled': { message: 'The connected system asks Gait to slow down', fix: 'Gait tries again by itself.' },
  'vendor.unavailable': { message: 'The connected system is not available', fix: 'Gait tries again by itself.' },
  'vendor.malformed': {
    message: 'The connected system sent something Gait cannot read',
    fix: 'Nothing was recorded from it. Tell your consultant if it happens again.',
  },
  'vendor.rejected': {
    message: 'The connected system rejects the request',
    fix: 'Open the work item in the console: it names what to correct.',
  },
  'file.unreadable': {
    message: 'A report in the drop folder cannot be read',
    fix: 'Export the report again; the console names the file and row.',
  },
  'vault.sealed': { message: "Gait's vault is sealed", fix: 'Ask the operator to check the key ring of the server.' },
  'service.unavailable': {
    message: "Gait's server is not reachable",
    fix: 'Check that the server runs and that the Server URL of the Gait API credential is right.',
  },
  'internal.bug': {
    message: 'Gait met an unexpected state',
    fix: 'Run it again. If it stays so, tell your consultant the time it happened.',
  },
} as const satisfies Record<string, Words>;

export type RefusalCode = keyof typeof refusalWords;

/** Whether a value from outside is one of Gait's codes. */
export function isRefusalCode(value: unknown): value is RefusalCode {
  return typeof value === 'string' && Object.hasOwn(refusalWords, value);
}
