// What the endpoints of documentation need, and how a stored session record is read back.
import type { JSONSchema } from 'json-schema-to-ts';
import type { Session } from '../../domain/session/schema.ts';
import { sessionSchema } from '../../domain/session/schema.ts';
import type { Policies } from '../authorizations/policies.ts';
import type { Validator } from '../http/validation.ts';
import type { Services } from '../services.ts';
import type { CaptureRules } from './rules.ts';

export interface CaptureNeeds extends Pick<Services, 'db' | 'now' | 'vault' | 'audit' | 'validator'> {
  readonly policies: Policies;
  readonly captureRules: CaptureRules;
}

/** Throws `input.invalid` naming the field by its path, never its value. */
export function assertSession(validator: Validator, value: unknown): asserts value is Session {
  const schema: JSONSchema = sessionSchema;
  validator.check(schema, value, 'record');
}
