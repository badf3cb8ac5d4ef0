// The context `certification`: each day of service beside the plan of care that must be certified for it.
import { certificationOf } from '../chart/certification.ts';
import { defineContext } from '../context.ts';

export const certificationContext = defineContext({
  name: 'certification',
  about: 'a day of service, beside the plan of care it was given under',
  facts: {
    day: { type: 'date', about: 'the day of service' },
    start: { type: 'date', about: 'the day of the initial treatment under the plan' },
    end: { type: 'date', about: "the plan's last day" },
    recertification: { type: 'truth', about: 'whether the plan continues an earlier one' },
    signed: { type: 'truth', about: "whether the physician's dated signature is there" },
    signedAfterDays: { type: 'number', about: 'days from the start to the signature' },
    orderOnFile: { type: 'truth', about: 'whether a signed and dated order or referral is on file' },
    transmitted: { type: 'truth', about: 'whether it is on file that the plan was sent to that physician' },
    transmittedAfterDays: { type: 'number', about: 'days from the start to the day it was sent' },
  },
  items: (scrubbed) => {
    const plan = certificationOf(scrubbed.chart, scrubbed.treatmentDays);
    return plan === null ? [] : scrubbed.days.map(({ day }) => ({ line: null, on: day, facts: { day, ...plan } }));
  },
});
