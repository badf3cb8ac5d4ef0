// When a clinic's history is enough for a model, what counts as dropping out, who is told of missed visits: rules/scheduling/attendance.json.
import type { FromSchema } from 'json-schema-to-ts';
import { count, datedFile, effectiveDays, source } from '../dated-rows.ts';

const attendanceRuleSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['id', 'effectiveFrom', 'effectiveTo', 'model', 'dropOut', 'missed', 'discharge'],
  properties: {
    id: { type: 'string', pattern: '^attendance/' },
    ...effectiveDays,
    model: {
      type: 'object',
      additionalProperties: false,
      required: ['leastVisits', 'leastEvents', 'testShare', 'ridge', 'bins', 'source'],
      properties: {
        /** With fewer visits, or fewer of them missed, base rates are told. */
        leastVisits: count,
        leastEvents: count,
        /** The newest share of the visits is kept for the test. */
        testShare: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
        /** Weight of the squared coefficients, for features of deviation one. */
        ridge: { type: 'number', minimum: 0 },
        bins: { type: 'integer', minimum: 2, maximum: 20 },
        source,
      },
    },
    dropOut: {
      type: 'object',
      additionalProperties: false,
      required: ['quietDays', 'source'],
      properties: { quietDays: count, source },
    },
    /** So many missed within so many days are told. */
    missed: {
      type: 'object',
      additionalProperties: false,
      required: ['alertCount', 'alertDays', 'source'],
      properties: { alertCount: count, alertDays: count, source },
    },
    /** Days before the plan of care ends, or its visits become fewer. */
    discharge: {
      type: 'object',
      additionalProperties: false,
      required: ['therapistDays', 'patientDays', 'source'],
      properties: { therapistDays: count, patientDays: count, source },
    },
  },
} as const;

export const attendanceFileSchema = datedFile('Attendance', attendanceRuleSchema);

export type AttendanceRule = FromSchema<typeof attendanceRuleSchema>;
