// The words a partner's API is expected to use where its profile names none: those of the field, written any way.
import type { RowReading } from '../reports/read-rows.ts';

export const usualWords: RowReading['words'] = {
  authorizationStatus: {
    requested: ['requested', 'submitted', 'new'],
    pended: ['pended', 'pending', 'in review'],
    approved: ['approved', 'active', 'authorized'],
    partlyApproved: ['partially approved', 'partial', 'modified'],
    denied: ['denied', 'rejected'],
    cancelled: ['cancelled', 'canceled', 'void'],
  },
  appointmentStatus: {
    booked: ['booked', 'scheduled', 'confirmed', 'unconfirmed'],
    arrived: ['arrived', 'checked in', 'checked out', 'completed', 'seen'],
    cancelled: ['cancelled', 'canceled'],
    missed: ['missed', 'no show', 'noshow'],
  },
  requestKind: { initial: ['initial'], renewal: ['renewal', 'extension'] },
  gender: {
    female: ['female', 'f'],
    male: ['male', 'm'],
    other: ['other', 'x', 'nonbinary'],
    unknown: ['unknown', 'u'],
  },
  relationship: {
    self: ['self', '18'],
    spouse: ['spouse', '01'],
    child: ['child', '19'],
    other: ['other', 'g8'],
    unknown: ['unknown'],
  },
  coverageOrder: {
    primary: ['primary', '1', 'p'],
    secondary: ['secondary', '2', 's'],
    tertiary: ['tertiary', '3', 't'],
  },
  yes: ['yes', 'true', 'y', '1'],
  no: ['no', 'false', 'n', '0'],
};
