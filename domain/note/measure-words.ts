// How outcome measures are written in a note: name, unit behind the score, and which way is better.
import type { MeasureId } from '../session/words.ts';

export interface MeasureWords {
  readonly name: string;
  readonly unit: string;
  readonly better: 'up' | 'down';
}

export const measureWords: Readonly<Record<MeasureId, MeasureWords>> = {
  lefs: { name: 'LEFS', unit: 'points', better: 'up' },
  odi: { name: 'ODI', unit: 'percent', better: 'down' },
  ndi: { name: 'NDI', unit: 'percent', better: 'down' },
  quickdash: { name: 'QuickDASH', unit: 'points', better: 'down' },
  psfs: { name: 'PSFS', unit: 'points', better: 'up' },
  tug: { name: 'TUG', unit: 'seconds', better: 'down' },
  'six-minute-walk': { name: 'six-minute walk test', unit: 'meters', better: 'up' },
  berg: { name: 'Berg Balance Scale', unit: 'points', better: 'up' },
  nprs: { name: 'NPRS', unit: 'points', better: 'down' },
};
