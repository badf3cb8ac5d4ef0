// What the clinic charges for a unit, in cents, and what its clinicians write about each service; every amount and word is made up.

interface Service {
  readonly chargeCents: number;
  /** Words of a note; `{n}` is a number that differs from visit to visit. */
  readonly texts: readonly [string, ...string[]];
}

export const services: Readonly<Record<string, Service>> = {
  '97110': {
    chargeCents: 6200,
    texts: [
      'Strengthening in sitting and standing, 3 sets of {n} with cues to slow the return; fatigue at the last set.',
      'Range and endurance work, {n} minutes at rising resistance; form corrected twice, no pain afterwards.',
    ],
  },
  '97112': {
    chargeCents: 6450,
    texts: [
      'Balance and postural retraining on foam, {n} trials with hands off the rail; swayed less from the third on.',
      'Coordination of trunk and hip with tactile cues, {n} repetitions; two needed help.',
    ],
  },
  '97116': { chargeCents: 5600, texts: ['Gait retraining over {n}0 feet with cues for step length and heel strike.'] },
  '97124': { chargeCents: 5200, texts: ['Massage of the paraspinals to ease guarding; tone eased after {n} minutes.'] },
  '97140': {
    chargeCents: 5900,
    texts: [
      'Joint mobilization grade III of the lumbar spine, {n} sets of 30 seconds; 10 degrees gained at the end of range.',
      'Soft tissue mobilization and passive stretching of the hamstrings, {n} holds; end feel softer afterwards.',
    ],
  },
  '97530': {
    chargeCents: 6700,
    texts: ['Lifting and carrying {n} lb from the floor to a shelf, hip hinge taught; needed two reminders.'],
  },
  '97035': { chargeCents: 3900, texts: ['Ultrasound to the lateral elbow at 1 MHz before stretching; skin intact.'] },
  '97010': { chargeCents: 1500, texts: ['Moist heat before exercise; skin checked after {n} minutes.'] },
  '97014': { chargeCents: 2800, texts: ['Stimulation for pain at rest, {n} mA, in supine; skin intact.'] },
  '97150': {
    chargeCents: 3400,
    texts: ['Group of three, each with exercises of their own, {n} repetitions; cues to each in turn.'],
  },
  // Codes that told of a limitation had no price; a cent kept them on the claim.
  G8978: { chargeCents: 1, texts: ['Mobility limitation told by its code.'] },
  '97161': {
    chargeCents: 14_500,
    texts: [
      'History without a comorbidity that bears on the plan; range, strength and gait tested; stable; low complexity.',
    ],
  },
};

/** The charge of so many units; what the price list does not know costs what the first service costs. */
export function chargeOf(code: string, units: number): number {
  return (services[code]?.chargeCents ?? services['97110']?.chargeCents ?? 0) * units;
}

/** The words of a visit about a service. @param at which visit it is, counted from 0 */
export function noteText(code: string, at: number): string {
  const texts = services[code]?.texts ?? ['Done as planned, {n} repetitions, with cues.'];
  return (texts[at % texts.length] ?? texts[0]).replace('{n}', String(8 + ((at * 3) % 7)));
}
