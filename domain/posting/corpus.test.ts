// The public remittances against claims made from them, where ../shared/data stands beside the checkout.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { postingCodes as codes } from '../../rules/testing/posting-codes.ts';
import { readRemittance } from '../x12/readers/remittance.ts';
import { setsIn } from '../x12/testing/sets.ts';
import { bookClaim, booksOf } from './books.ts';
import { claimBalances, paymentBalances, providerLines } from './lines.ts';
import { matchClaim } from './match.ts';
import { decisionOf } from './posted.ts';
import { billedAs } from './testing/corpus.ts';

const data = join(import.meta.dirname, '../../../shared/data');
const listFile = join(data, 'worked-examples/835_balancing_expected.json');
const isThere = existsSync(listFile);

interface Row {
  readonly file: string;
  readonly findings: readonly string[];
}

function rows(): Row[] {
  return isThere ? (JSON.parse(readFileSync(listFile, 'utf8')) as { files: Row[] }).files : [];
}

test.skipIf(isThere)('the public remittances are not there: they are posted where ../shared/data stands', () => {
  expect(rows()).toEqual([]);
});

test.skipIf(!isThere)('every public remittance that balances is posted to the cent, and no other', () => {
  let posted = 0;
  for (const { file, findings } of rows()) {
    const remittances = setsIn(readFileSync(join(data, file)))
      .filter(({ type }) => type === '835')
      .map((set) => readRemittance(set).value);
    const isOff = findings.some((finding) => !finding.startsWith('SVC'));
    expect(
      remittances.every((one) => paymentBalances(one) && one.claims.every(claimBalances)),
      file,
    ).toBe(!isOff);
    if (isOff) continue;
    for (const remittance of remittances) {
      const known = remittance.claims.map((said, index) => ({
        ref: `claim${index}`,
        order: String(index).padStart(5, '0'),
        by: 'patientControlNumber' as const,
        claim: billedAs(said),
      }));
      let paid = 0;
      for (const [index, said] of remittance.claims.entries()) {
        const same = known.filter(({ claim }) => claim.patientControlNumber === said.patientControlNumber);
        expect(matchClaim(codes, said, same).kind, file).not.toBe('unmatched');
        const to = known[index] ?? expect.unreachable('a claim was made of each');
        const decision = decisionOf(codes, { id: 'd', remittance, said }, to) ?? expect.unreachable('it decides');
        const books = booksOf([bookClaim(to)], [decision]);
        const { paidCents, adjustedCents, patientCents, openCents } = books;
        expect(openCents, file).toBe(0);
        expect(paidCents + (adjustedCents ?? NaN) + (patientCents ?? NaN), file).toBe(said.chargeCents);
        paid += paidCents;
        posted += 1;
      }
      const apart = providerLines(codes, remittance).reduce((sum, { cents }) => sum + cents, 0);
      expect(paid + apart, file).toBe(remittance.payment.amountCents);
    }
  }
  expect(posted).toBeGreaterThan(100);
});
