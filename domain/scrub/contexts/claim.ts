// The context `claim`: the claim as a whole.
import { defineContext } from '../context.ts';

export const claimContext = defineContext({
  name: 'claim',
  about: 'the claim as a whole',
  facts: {
    placeOfService: { type: 'text', about: 'CLM05-1' },
    lines: { type: 'number', about: 'how many service lines it has' },
    codes: { type: 'list', about: 'the codes of its lines, each once' },
  },
  items: ({ claim, lines, on }) => [
    {
      line: null,
      on,
      facts: {
        placeOfService: claim.placeOfService,
        lines: lines.length,
        codes: [...new Set(lines.flatMap(({ code }) => code ?? []))],
      },
    },
  ],
});
