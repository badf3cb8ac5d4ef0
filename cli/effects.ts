// `gait effects`: after a restore from backup, hold what would be sent until what was sent since the backup is known.
import { endHold, holdAll } from '../server/effects/holds.ts';
import { findClinic, operator } from '../server/setup.ts';
import { needed, parse, print, unusable, withServices } from './shared/command-line.ts';

export const summary = 'hold what would be sent, after a restore from backup';

export const usage = `Usage: gait effects hold --clinic NAME [--json]
       gait effects end-hold --clinic NAME [--json]

  hold       nothing is sent before the payer, asked, or a person says what became of it; what was not heard of yet likewise
  end-hold   new requests are sent again; what is held stays held until it is settled, one by one`;

/** Returns 0. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parse(args, usage, {
    clinic: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const [action, ...more] = positionals;
  if ((action !== 'hold' && action !== 'end-hold') || more.length > 0)
    throw unusable('Say what to do with effects.', usage);
  const clinicName = needed(values.clinic, '--clinic', usage);
  await withServices(async (services) => {
    const clinic = await findClinic(services, clinicName);
    if (action === 'hold') {
      const held = await holdAll(services, clinic.id, operator);
      print(values.json, { clinic: clinic.id, held }, [`${held} effects are held; nothing new is sent unasked.`]);
    } else {
      await endHold(services, clinic.id, operator);
      print(values.json, { clinic: clinic.id, ended: true }, ['New requests are sent again.']);
    }
  });
  return 0;
}
