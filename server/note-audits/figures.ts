// How good drafts are: how much of each section was changed before it was signed, and what specialists found of the sample.
import { endpoint } from '../http/endpoint.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { DraftFigures, SectionFigure } from '../../domain/note-audit/figures.ts';
import type { Db } from '../database/tables.ts';
import { verdicts } from '../../domain/note-audit/figures.ts';
import type { Verdict } from '../../domain/note-audit/figures.ts';

/** @param from only drafts of visits since that day; null: all */
export async function draftFigures(db: Db, clinic: string, from: string | null): Promise<DraftFigures> {
  const since = from ?? '0001-01-01';
  const signed = await db
    .selectFrom('notes as n')
    .innerJoin('note_versions as v', (join) => join.onRef('v.note', '=', 'n.ref').on('v.version', '=', 1))
    .select((one) => ['n.written_by', one.fn.countAll<string>().as('count')])
    .where('n.clinic', '=', clinic)
    .where('n.date', '>=', since)
    .groupBy('n.written_by')
    .execute();
  const sections = await db
    .selectFrom('note_edits as e')
    .innerJoin('notes as n', 'n.ref', 'e.note')
    .select((one) => [
      'e.section',
      one.fn.countAll<string>().as('notes'),
      one.fn.sum<string>('e.drafted_words').as('drafted'),
      one.fn.sum<string>('e.signed_words').as('signed'),
      one.fn.sum<string>('e.changed_words').as('changed'),
    ])
    .where('n.clinic', '=', clinic)
    .where('n.date', '>=', since)
    .groupBy('e.section')
    .orderBy('e.section')
    .execute();
  const audits = await db
    .selectFrom('note_audits as a')
    .innerJoin('notes as n', 'n.ref', 'a.note')
    .select((one) => ['a.verdict', one.fn.countAll<string>().as('count')])
    .where('a.clinic', '=', clinic)
    .where('n.date', '>=', since)
    .groupBy('a.verdict')
    .execute();
  const signedBy = (writer: string): number => Number(signed.find((row) => row.written_by === writer)?.count ?? 0);
  const auditsOf = (verdict: Verdict | null): number =>
    Number(audits.find((row) => row.verdict === verdict)?.count ?? 0);
  const [sound, minorFaults, seriousFaults, notLooked] = verdicts.map(auditsOf);
  return {
    from,
    signed: { composer: signedBy('composer'), model: signedBy('model') },
    sections: sections.map(sectionFigure),
    audits: {
      open: auditsOf(null),
      sound: sound ?? 0,
      minorFaults: minorFaults ?? 0,
      seriousFaults: seriousFaults ?? 0,
      notLooked: notLooked ?? 0,
    },
  };
}

function sectionFigure(row: {
  readonly section: string;
  readonly notes: string;
  readonly drafted: string;
  readonly signed: string;
  readonly changed: string;
}): SectionFigure {
  const [draftedWords, signedWords, changedWords] = [Number(row.drafted), Number(row.signed), Number(row.changed)];
  const longer = Math.max(draftedWords, signedWords);
  return {
    section: row.section,
    notes: Number(row.notes),
    draftedWords,
    signedWords,
    changedWords,
    changedShare: longer === 0 ? null : Math.min(1, changedWords / longer),
  };
}

export function draftFigureEndpoints({ db }: { readonly db: Db }): Endpoint[] {
  return [
    endpoint({
      method: 'GET',
      path: '/v1/console/documentation/figures',
      access: { kind: 'session', roles: ['admin', 'clinicalSpecialist', 'biller'] },
      query: {
        type: 'object',
        additionalProperties: false,
        properties: { from: { type: 'string', format: 'date' } },
      },
      handle: ({ clinic, query }) => draftFigures(db, clinic, query.from ?? null),
    }),
  ];
}
