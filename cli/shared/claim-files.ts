// Professional claims (837P) out of a file, read in pieces; a damaged file holds no claims.
import { createReadStream } from 'node:fs';
import type { Claim } from '../../domain/claim/schema.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Fault, Finding } from '../../domain/x12/findings.ts';
import { isEnvelopeFault, severities } from '../../domain/x12/findings.ts';
import { readClaims } from '../../domain/x12/readers/claims.ts';
import { X12Reader } from '../../domain/x12/reader.ts';
import { Scanner } from '../../domain/x12/scanner.ts';
import type { TransactionSet } from '../../domain/x12/transaction-set.ts';
import { TransactionSets } from '../../domain/x12/transaction-set.ts';

interface ClaimsOfFile {
  readonly claims: readonly { readonly claim: Claim; readonly source: string }[];
  readonly findings: readonly Finding[];
}

const professional = '005010X222';

/**
 * Every claim of a file, none where the file was cut off or changed on its way.
 * @throws GaitError `file.unreadable` for a file that cannot be read or holds no professional claim of this version
 */
export async function readClaimsOf(name: string): Promise<ClaimsOfFile> {
  const claims: { readonly claim: Claim; readonly source: string }[] = [];
  const found: Finding[] = [];
  const others = new Set<string>();
  const sets = new TransactionSets((set) => {
    if (set.type !== '837' || !set.version.startsWith(professional)) {
      others.add(set.type === '837' ? `claims of version ${set.version || 'unknown'}` : `transaction ${set.type}`);
      return;
    }
    const read = readClaims(set);
    for (const { claim, source } of read.claims) claims.push({ claim, source });
    found.push(...read.faults.map((fault) => findingOf(fault, set)));
  });
  const reader = new X12Reader('transactions');
  const scanner = new Scanner(sets);
  let isFirst = true;
  for await (const chunk of chunksOf(name)) {
    if (isFirst && isJson(chunk))
      throw new GaitError('file.unreadable', `The file ${name} is JSON, not X12: a FHIR Claim is not read.`, {
        fix: 'Give the claim as the billing software writes it for the payer, an 837P.',
      });
    isFirst = false;
    reader.push(chunk);
    scanner.push(chunk);
  }
  scanner.end();
  sets.end();
  const { findings, segments } = reader.end();
  const damage = findings.filter(isEnvelopeFault);
  if (segments === 0 || (claims.length === 0 && damage.length === 0)) throw holdsNone(name, [...others]);
  const further = found.filter(
    ({ code, segment }) => !findings.some((finding) => finding.code === code && finding.segment === segment),
  );
  return {
    claims: damage.length > 0 ? [] : claims,
    findings: [...findings, ...further].sort((one, other) => one.segment - other.segment),
  };
}

/** Whether a text begins with a brace or a bracket; X12 begins with ISA. */
function isJson(chunk: Uint8Array): boolean {
  return /^\s*[[{]/.test(new TextDecoder().decode(chunk.subarray(0, 256)));
}

async function* chunksOf(name: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(name)) if (chunk instanceof Uint8Array) yield chunk;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const sentence = error.code === 'ENOENT' ? `There is no file ${name}.` : `The file ${name} cannot be read.`;
    throw new GaitError('file.unreadable', sentence);
  }
}

function holdsNone(name: string, others: readonly string[]): GaitError {
  const instead = others.length === 0 ? '' : `, but ${others.join(', ')}`;
  return new GaitError(
    'file.unreadable',
    `The file ${name} holds no professional claim (837P, ${professional})${instead}.`,
    {
      fix: 'Have the billing software write claims in X12 005010X222A1.',
    },
  );
}

function findingOf({ code, message, place }: Fault, { interchange, group, control }: TransactionSet): Finding {
  return { severity: severities[code], code, message, ...place, interchange, group, transaction: control };
}
