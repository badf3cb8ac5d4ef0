// The opened credential of a trigger, kept for a minute: outside a run n8n opens it in an expression isolate of its own, made for it.
import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';

const keptForMs = 60_000;

interface Kept {
  readonly credential: ICredentialDataDecryptedObject;
  readonly until: number;
}

// By the credential's id. It outlives a call by design, in n8n's own memory only, and is forgotten as soon as it is refused.
const kept = new Map<string, Kept>();

function idIn(node: INode): string {
  return node.credentials?.gaitApi?.id ?? '';
}

/** The credential as it was opened within the last minute, or null. */
export function keptCredential(node: INode): ICredentialDataDecryptedObject | null {
  const found = kept.get(idIn(node));
  return found === undefined || found.until <= Date.now() ? null : found.credential;
}

/** Keeps what was opened for this node's credential. */
export function keepCredential(node: INode, credential: ICredentialDataDecryptedObject): void {
  kept.set(idIn(node), { credential, until: Date.now() + keptForMs });
}

/** Opens the credential anew at the next call: its key was changed, or its server is elsewhere. */
export function forgetCredential(node: INode): void {
  kept.delete(idIn(node));
}
