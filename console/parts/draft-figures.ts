// How much of each section was changed before notes were signed, and what specialists found of the sample.
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { DraftFigures } from '../../domain/note-audit/figures.ts';
import { shareInWords } from '../figure-words.ts';
import { figureTable } from './figure-table.ts';

export function draftFigures({ signed, sections, audits }: DraftFigures): TemplateResult | typeof nothing {
  if (sections.length === 0 && signed.composer + signed.model === 0) return nothing;
  return html`${figureTable({
    title: 'Drafts of notes',
    note: `Signed: ${signed.composer} composed from the record, ${signed.model} worded by a model. Changed: words that are not as they were drafted.`,
    columns: ['Section', 'Notes', 'Words drafted', 'Words changed', 'Changed share'],
    rows: sections.map(({ section, notes, draftedWords, changedWords, changedShare }) => [
      section,
      String(notes),
      String(draftedWords),
      String(changedWords),
      changedShare === null ? 'no words' : shareInWords(changedShare),
    ]),
  })}
  ${figureTable({
    title: 'Drafts looked over',
    columns: ['What a clinical specialist found', 'Count'],
    rows: [
      ['Sound', String(audits.sound)],
      ['Minor faults', String(audits.minorFaults)],
      ['Serious faults', String(audits.seriousFaults)],
      ['Not looked over', String(audits.notLooked)],
      ['Still to be looked over', String(audits.open)],
    ],
  })}`;
}
