// What a fault makes of a payment on its way to the clinic.
import type { Fault } from './faults.ts';
import { paymentOf } from './remittance.ts';
import type { RemittancePicture } from './remittance.ts';

/** The remittances that are sent in the place of one, each with how often; `late` is for the post to do. */
export function withMishap(
  picture: RemittancePicture,
  fault: Fault | null,
  nextTrace: () => string,
): (readonly [RemittancePicture, number])[] {
  const { claims } = picture;
  switch (fault?.fault) {
    case 'twice':
      return [[picture, 2]];
    case 'unbalanced':
      return [[{ ...picture, paymentCents: picture.paymentCents + 1 }, 1]];
    case 'unmatched':
      return [
        [{ ...picture, claims: claims.map((one, at) => (at === 0 ? { ...one, number: `X${one.number}` } : one)) }, 1],
      ];
    case 'paidTwice': {
      const again = claims.find(({ paidCents }) => paidCents > 0);
      if (again === undefined) return [[picture, 1]];
      const second = paymentOf({ ...picture, trace: nextTrace(), claims: [again], changes: [] }, null).picture;
      return [
        [picture, 1],
        [second, 1],
      ];
    }
    case 'split': {
      const half = Math.ceil(claims.length / 2);
      const later = claims.slice(half);
      const laterCents = later.reduce((sum, { paidCents }) => sum + paidCents, 0);
      const firstCents = picture.paymentCents - laterCents;
      if (later.length === 0 || laterCents < 0 || firstCents < 0) return [[picture, 1]];
      return [
        [{ ...picture, claims: claims.slice(0, half), paymentCents: firstCents }, 1],
        [{ ...picture, claims: later, changes: [], paymentCents: laterCents }, 1],
      ];
    }
    default:
      return [[picture, 1]];
  }
}
