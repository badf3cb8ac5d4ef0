// The rules and words of outreach: read once at start.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JSONSchema } from 'json-schema-to-ts';
import {
  consentRulesSchema,
  contentRulesSchema,
  limitsSchema,
  repliesSchema,
  zonesSchema,
} from '../../domain/outreach/schema.ts';
import type {
  ConsentRow,
  ContentRow,
  LimitRow,
  OutreachRules,
  ReplyRow,
  ScopeRow,
} from '../../domain/outreach/schema.ts';
import { textsSchema } from '../../domain/outreach/texts.ts';
import type { TextRow } from '../../domain/outreach/texts.ts';
import type { Validator } from '../http/validation.ts';

export interface OutreachBook {
  readonly rules: OutreachRules;
  readonly texts: readonly TextRow[];
}

/** Throws `input.invalid` naming the file that has another shape. */
export async function readOutreachBook(
  validator: Validator,
  folder = join(import.meta.dirname, '../../rules/outreach'),
): Promise<OutreachBook> {
  const file = async <T>(name: string, schema: JSONSchema): Promise<T> => {
    const value: unknown = JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8'));
    assertShape<T>(validator, schema, value, name);
    return value;
  };
  const [limits, consent, replies, content, zones, texts] = await Promise.all([
    file<{ rows: LimitRow[] }>('limits', limitsSchema),
    file<{ rows: ConsentRow[] }>('consent', consentRulesSchema),
    file<{ rows: ReplyRow[]; revocationScope: ScopeRow[] }>('replies', repliesSchema),
    file<{ rows: ContentRow[] }>('content', contentRulesSchema),
    file<{ states: Record<string, string[]> }>('zones', zonesSchema),
    file<{ rows: TextRow[] }>('texts', textsSchema),
  ]);
  const rules = {
    limits: limits.rows,
    consent: consent.rows,
    replies: replies.rows,
    revocationScope: replies.revocationScope,
    content: content.rows,
    zones: zones.states,
  };
  return { rules, texts: texts.rows };
}

function assertShape<T>(validator: Validator, schema: JSONSchema, value: unknown, name: string): asserts value is T {
  validator.check(schema, value, `outreach/${name}`);
}
