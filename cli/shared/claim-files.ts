// Professional claims out of a file: an 837P, read in pieces, or a FHIR Claim; a damaged file holds no claims.
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Claim } from '../../domain/claim/schema.ts';
import { GaitError } from '../../domain/errors.ts';
import { readFhirClaims } from '../../domain/fhir/claims.ts';
import type { Fault, Finding } from '../../domain/x12/findings.ts';
import { isEnvelopeFault, severities } from '../../domain/x12/findings.ts';
import { unreadPlace } from '../../domain/x12/readers/claim-file.ts';
import { readClaims } from '../../domain/x12/readers/claims.ts';
import { X12Reader } from '../../domain/x12/reader.ts';
import { Scanner } from '../../domain/x12/scanner.ts';
import type { TransactionSet } from '../../domain/x12/transaction-set.ts';
import { TransactionSets } from '../../domain/x12/transaction-set.ts';

/** One claim, where it stands, and the places of what it says besides: no rule reads them. */
export interface ReadClaim {
  readonly claim: Claim;
  readonly source: string;
  readonly unread: readonly string[];
}

interface ClaimsOfFile {
  readonly claims: readonly ReadClaim[];
  readonly findings: readonly Finding[];
}

const professional = '005010X222';

/**
 * Every claim of a file, none where the file was cut off or changed on its way.
 * @throws GaitError `file.unreadable` for a file that cannot be read or holds no professional claim of this version
 */
export async function readClaimsOf(name: string): Promise<ClaimsOfFile> {
  const claims: ReadClaim[] = [];
  const found: Finding[] = [];
  const others = new Set<string>();
  const sets = new TransactionSets((set) => {
    if (set.type !== '837' || !set.version.startsWith(professional)) {
      others.add(set.type === '837' ? `claims of version ${set.version || 'unknown'}` : `transaction ${set.type}`);
      return;
    }
    const read = readClaims(set);
    for (const { claim, source, others: own } of read.claims)
      claims.push({ claim, source, unread: [...read.others, ...own].map(unreadPlace) });
    found.push(...read.faults.map((fault) => findingOf(fault, set)));
  });
  const reader = new X12Reader('transactions');
  const scanner = new Scanner(sets);
  let isFirst = true;
  for await (const chunk of chunksOf(name)) {
    if (isFirst && isJson(chunk)) return { claims: await fhirClaimsOf(name), findings: [] };
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

/** @throws GaitError `file.unreadable` for what is no JSON, no FHIR, or no professional claim */
async function fhirClaimsOf(name: string): Promise<readonly ReadClaim[]> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(name, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new GaitError('file.unreadable', `The file ${name} begins like JSON but is none: it may have been cut off.`, {
      fix: 'Have the file written again, whole.',
    });
  }
  const read = readFhirClaims(json);
  if (read !== null && read.claims.length > 0 && read.others.length === 0) return read.claims;
  const instead = read === null ? '' : `, but ${[...new Set(read.others)].join(', ')}`;
  const which =
    read !== null && read.claims.length > 0 ? 'holds not only professional claims' : 'holds no professional claim';
  throw new GaitError('file.unreadable', `The file ${name} ${which} (FHIR R4 Claim)${instead}.`, {
    fix: 'Give a Claim of use "claim" and type "professional", or a Bundle of such with what they refer to.',
  });
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
