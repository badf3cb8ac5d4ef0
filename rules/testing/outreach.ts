// The rules of outreach as they ship, for the tests.
import { readFileSync } from 'node:fs';
import type {
  ConsentRow,
  ContentRow,
  LimitRow,
  OutreachRules,
  ReplyRow,
  ScopeRow,
} from '../../domain/outreach/schema.ts';
import type { TextRow } from '../../domain/outreach/texts.ts';

function file<Value>(name: string): Value {
  return JSON.parse(readFileSync(new URL(`../outreach/${name}.json`, import.meta.url), 'utf8')) as Value;
}

const replies = file<{ rows: ReplyRow[]; revocationScope: ScopeRow[] }>('replies');

/** rules/outreach.test.ts checks the files against their schemas. */
export const outreachRules: OutreachRules = {
  limits: file<{ rows: LimitRow[] }>('limits').rows,
  consent: file<{ rows: ConsentRow[] }>('consent').rows,
  replies: replies.rows,
  revocationScope: replies.revocationScope,
  content: file<{ rows: ContentRow[] }>('content').rows,
  zones: file<{ states: Record<string, string[]> }>('zones').states,
};

export const shippedTexts = file<{ rows: TextRow[] }>('texts').rows;
