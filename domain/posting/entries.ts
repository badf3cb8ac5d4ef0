// What a named person wrote off or left to the patient, as the books of a claim take it. Pure.

export interface Entry {
  readonly kind: 'writeOff' | 'leftToPatient';
  /** Whose part it was; only what was open of insurance is left to the patient. */
  readonly of: 'insurance' | 'patient';
  /** Above zero. */
  readonly cents: number;
}

/** The books as the payers left them; null is unknown. */
interface Decided {
  readonly charge: number | null;
  readonly paid: number;
  readonly adjusted: number | null;
  readonly patient: number | null;
  readonly contradicts: boolean;
}

interface Shares {
  readonly patient: number | null;
  readonly writtenOff: number;
  readonly open: number | null;
}

/**
 * What a payer adjusts or leaves to the patient after all takes the place of what a person entered about that part. What it pays after
 * all does not: money for what was given up is paid too much until a person has looked at it.
 */
export function withEntries(decided: Decided, entries: readonly Entry[]): Shares {
  const { charge, paid, adjusted, patient, contradicts } = decided;
  const sum = (kind: Entry['kind'], of: Entry['of']): number =>
    entries.reduce((cents, one) => (one.kind === kind && one.of === of ? cents + one.cents : cents), 0);
  const [ofInsurance, ofPatient] = [sum('writeOff', 'insurance'), sum('writeOff', 'patient')];
  if (charge === null) return { patient, writtenOff: ofInsurance + ofPatient, open: null };
  const room = charge - (adjusted ?? 0) - (patient ?? 0);
  const given = Math.min(ofInsurance, Math.max(0, room));
  const forgiven = Math.min(ofPatient, Math.max(0, patient ?? room - paid - given));
  const writtenOff = given + forgiven;
  if (patient !== null) return { patient: patient - forgiven, writtenOff, open: room - paid - given };
  const rest = room - paid - writtenOff;
  const left = Math.min(sum('leftToPatient', 'insurance'), Math.max(0, rest));
  // Where a person's word leaves nothing open, the patient's part is what it says.
  const isSaid = !contradicts && entries.length > 0 && left === rest;
  return { patient: isSaid ? left : null, writtenOff, open: isSaid ? 0 : rest };
}
