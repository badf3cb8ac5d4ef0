// By which ways a patient is reached, the one they like best first.
import { channels } from './words.ts';
import type { Channel } from './words.ts';

/**
 * @param preferred the patient's own order; empty when nobody asked them
 * @param reachable channels for which a number or address is known
 * @param offered channels the clinic has a vendor for; null: it did not say, so all of them
 */
export function waysOf(of: {
  readonly preferred: readonly Channel[];
  readonly reachable: readonly Channel[];
  readonly offered: readonly Channel[] | null;
}): readonly Channel[] {
  const usable = channels.filter(
    (channel) => of.reachable.includes(channel) && (of.offered?.includes(channel) ?? true),
  );
  const wanted = of.preferred.filter((channel) => usable.includes(channel));
  return [...wanted, ...usable.filter((channel) => !wanted.includes(channel))];
}
