// The tables of codes in our own words (rules/codes), read where codes are told to a person.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeRow, CodeTableName, CodeWords } from '../../domain/x12/code-words.ts';
import { codeTableNames, codeWordsOf } from '../../domain/x12/code-words.ts';

const folder = join(import.meta.dirname, '../../rules/codes');

export function readCodeWords(): CodeWords {
  const rows = new Map<CodeTableName, readonly CodeRow[]>(codeTableNames.map((name) => [name, rowsIn(name)]));
  return codeWordsOf((name) => rows.get(name) ?? []);
}

/** The structure tests hold every file to its schema; here a row that has none is left out. */
function rowsIn(name: CodeTableName): CodeRow[] {
  const table: unknown = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
  const rows: unknown = typeof table === 'object' && table !== null && 'rows' in table ? table.rows : [];
  return Array.isArray(rows) ? rows.filter(isRow) : [];
}

function isRow(row: unknown): row is CodeRow {
  if (typeof row !== 'object' || row === null || !('code' in row) || !('meaning' in row)) return false;
  return typeof row.code === 'string' && typeof row.meaning === 'string';
}
