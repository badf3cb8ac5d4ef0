// The context `diagnosis`: each diagnosis of the claim.
import { defineContext } from '../context.ts';

export const diagnosisContext = defineContext({
  name: 'diagnosis',
  about: 'each diagnosis of the claim, in its order',
  facts: {
    date: { type: 'date', about: 'the first day of service' },
    position: { type: 'number', about: 'its place in the claim, counted from 1 as pointers count' },
    diagnosis: { type: 'text', about: 'the code without its point' },
    qualifier: { type: 'text', about: 'ABK principal ICD-10-CM, ABF further ones, BK and BF ICD-9-CM' },
    repeats: { type: 'truth', about: 'whether the claim has it before' },
  },
  items: ({ claim, on }) => {
    const codes = claim.diagnoses.map(({ code }) => code.replace('.', '').toUpperCase());
    return claim.diagnoses.map(({ qualifier }, index) => {
      const code = codes[index] ?? null;
      return {
        line: null,
        on,
        facts: {
          date: on,
          position: index + 1,
          diagnosis: code,
          qualifier,
          repeats: code !== null && codes.indexOf(code) < index,
        },
      };
    });
  },
});
