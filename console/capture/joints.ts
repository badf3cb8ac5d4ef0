// Which motions a pad offers for a part of the body: the usual ones first, never the only ones that can be recorded.
import type { BodyPart, Motion } from '../../domain/session/words.ts';
import { motions } from '../../domain/session/words.ts';

const usual: Partial<Record<BodyPart, readonly Motion[]>> = {
  'cervical spine': ['flexion', 'extension', 'rotation', 'side bending'],
  'thoracic spine': ['flexion', 'extension', 'rotation', 'side bending'],
  'lumbar spine': ['flexion', 'extension', 'rotation', 'side bending'],
  trunk: ['flexion', 'extension', 'rotation', 'side bending'],
  shoulder: ['flexion', 'extension', 'abduction', 'adduction', 'internal rotation', 'external rotation'],
  scapula: ['elevation', 'depression', 'protraction', 'retraction'],
  elbow: ['flexion', 'extension'],
  forearm: ['supination', 'pronation'],
  wrist: ['flexion', 'extension', 'radial deviation', 'ulnar deviation'],
  hand: ['grip', 'flexion', 'extension'],
  thumb: ['flexion', 'extension', 'abduction'],
  finger: ['flexion', 'extension'],
  hip: ['flexion', 'extension', 'abduction', 'adduction', 'internal rotation', 'external rotation'],
  knee: ['flexion', 'extension'],
  ankle: ['dorsiflexion', 'plantar flexion', 'inversion', 'eversion'],
  foot: ['inversion', 'eversion'],
  toe: ['flexion', 'extension'],
};

/** The motions for a pad; where none are usual, all of them. */
export function motionsOf(part: BodyPart): readonly Motion[] {
  return usual[part] ?? motions;
}
