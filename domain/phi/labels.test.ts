// Every field of every schema that could identify a patient carries a mark of the closed list.
import { expect, test } from 'vitest';
import { answerStructureSchema, authorizationAnswerSchema } from '../authorization/answer-schema.ts';
import { authorizationEventSchema } from '../authorization/event-schema.ts';
import { authorizationRequestSchema } from '../authorization/request-schema.ts';
import { authorizationSchema } from '../authorization/schema.ts';
import { appointmentSchema } from '../appointment/schema.ts';
import { chartSchema } from '../chart/schema.ts';
import { claimSchema } from '../claim/schema.ts';
import { coverageSchema } from '../coverage/schema.ts';
import { patientSchema } from '../patient/schema.ts';
import { payerPolicySchema, payerRulesFileSchema, payerSchema, turnaroundRulesFileSchema } from '../payer/schema.ts';
import {
  correctedOutcomeSchema,
  sentOutcomeSchema,
  stillPendingOutcomeSchema,
  wasSentOutcomeSchema,
  workItemSchema,
} from '../work-item/schema.ts';
import { isPhiLabel, phiFields, phiLabels } from './labels.ts';

const schemas = {
  answerStructureSchema,
  authorizationAnswerSchema,
  authorizationEventSchema,
  authorizationRequestSchema,
  authorizationSchema,
  appointmentSchema,
  chartSchema,
  claimSchema,
  coverageSchema,
  patientSchema,
  payerSchema,
  payerPolicySchema,
  payerRulesFileSchema,
  turnaroundRulesFileSchema,
  workItemSchema,
  correctedOutcomeSchema,
  sentOutcomeSchema,
  stillPendingOutcomeSchema,
  wasSentOutcomeSchema,
};

/** Names that look as if a patient could be told by the value, or as if somebody could type one into it. */
const telling =
  /^(given|family|middle)$|name$|birth|phone|e?mail|^line$|street|city|^state$|postal|zip|member|group|ssn|social|number$|confirmation|vendorrequest|text$|limitations|goals|progress|^score$|startsat|note$|planname/i;

/** Fields that look telling and are not: each with the reason. */
const harmless: Readonly<Record<string, string>> = {
  'coverage.payerName': 'a payer, not a person',
  payerName: 'a payer, not a person',
  name: 'a payer, not a person',
  'rows[].name': 'a payer, not a person',
  'rows[].note': 'a remark on a regulation',
  'provider.organizationName': 'the clinic',
  'renderingProvider.name': 'a clinician, by the public NPI registry',
  'referringProvider.name': 'a clinician, by the public NPI registry',
  number: 'the class of the number, not the number',
  'answer.number': 'the class of the number, not the number',
  'periods[].number': 'the class of the number, not the number',
  'lines[].number': 'counts the lines of a claim',
  'otherPayers[].adjustments[].group': 'who bears an amount, a code of X12',
  'lines[].adjudications[].adjustments[].group': 'who bears an amount, a code of X12',
};

/** What a claim says of providers and payers, by the public registries of both: nothing below these paths tells of a patient. */
const harmlessBelow = [
  ...['billingProvider', 'payToAddress', 'rendering', 'referring', 'primaryCare', 'supervising', 'facility'],
  ...['rendering', 'supervising', 'ordering', 'referring', 'facility'].map((role) => `lines[].${role}`),
  ...['payer', 'otherPayers[].payer'],
];

function isHarmless(path: string): boolean {
  return Object.hasOwn(harmless, path) || harmlessBelow.some((parent) => path.startsWith(`${parent}.`));
}

interface Field {
  readonly path: string;
  readonly name: string;
  readonly free: boolean;
}

/** Leaf fields; `free` is true if any text or number may stand there. */
function fieldsOf(schema: unknown, path = '', name = ''): Field[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const read = (key: string): unknown => Reflect.get(schema, key);
  const properties = read('properties');
  const inner: Field[] = [];
  if (typeof properties === 'object' && properties !== null) {
    for (const [key, child] of Object.entries(properties)) {
      inner.push(...fieldsOf(child, path === '' ? key : `${path}.${key}`, key));
    }
  }
  if (read('items') !== undefined) inner.push(...fieldsOf(read('items'), `${path}[]`, name));
  for (const branch of ['anyOf', 'oneOf']) {
    const list = read(branch);
    if (Array.isArray(list)) for (const child of list) inner.push(...fieldsOf(child, path, name));
  }
  if (inner.length > 0 || properties !== undefined) return inner;
  const type: unknown = read('type');
  const types = Array.isArray(type) ? type : [type];
  const free =
    read('enum') === undefined &&
    read('const') === undefined &&
    !types.every((one) => one === 'null' || one === 'boolean');
  return [{ path, name, free }];
}

function forgottenIn(schema: unknown): string[] {
  const marked = new Set(phiFields(schema).map(({ path }) => path));
  return fieldsOf(schema)
    .filter(({ name, path, free }) => free && telling.test(name) && !marked.has(path) && !isHarmless(path))
    .map(({ path }) => path);
}

test.each(Object.entries(schemas))('every telling field of %s is marked', (_, schema) => {
  expect(forgottenIn(schema)).toEqual([]);
});

test('a field somebody forgot to mark is found, however deep it lies', () => {
  const child = {
    type: 'object',
    properties: { birthDate: { type: ['string', 'null'] }, phone: { type: 'string', phi: 'contact' } },
  };
  const schema = {
    type: 'object',
    properties: { people: { type: 'array', items: { anyOf: [{ type: 'null' }, child] } } },
  };
  expect(forgottenIn(schema)).toEqual(['people[].birthDate']);
});

test('no harmless field is excused without being there', () => {
  const paths = new Set(Object.values(schemas).flatMap((schema) => fieldsOf(schema).map(({ path }) => path)));
  expect(Object.keys(harmless).filter((path) => !paths.has(path))).toEqual([]);
  const parents = harmlessBelow.filter((parent) => ![...paths].some((path) => path.startsWith(`${parent}.`)));
  expect(parents).toEqual([]);
});

test('what travels holds no PHI field', () => {
  for (const schema of [authorizationSchema, answerStructureSchema, authorizationEventSchema, payerPolicySchema]) {
    expect(phiFields(schema)).toEqual([]);
  }
});

test('a request holds PHI of these kinds', () => {
  const fields = Object.fromEntries(phiFields(authorizationRequestSchema).map(({ path, label }) => [path, label]));
  expect(fields).toMatchObject({
    'patient.name.family': 'name',
    'patient.birthDate': 'birthDate',
    'coverage.memberId': 'memberId',
    'service.diagnoses[].code': 'diagnosis',
    'clinical.outcomeMeasures[].score': 'measurement',
    'clinical.goals': 'clinicalText',
    previousAuthorizationNumber: 'recordNumber',
  });
});

test('the list of labels is closed', () => {
  expect(new Set(phiLabels).size).toBe(15);
  expect(isPhiLabel('memberId')).toBe(true);
  expect(isPhiLabel('MemberId')).toBe(false);
  expect(() => phiFields({ properties: { a: { type: 'string', phi: 'nmae' } } })).toThrow(/a is not a PHI label/);
});
