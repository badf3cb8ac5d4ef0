// Writes into a FHIR endpoint, each at most once: created under an identifier that no other has, updated in the version it was decided on.
import { canonicalJson } from '../../domain/canonical-json.ts';
import type { ConnectorContext, Failure, Inquiry, Outcome } from '../connector.ts';
import { doubtful, rejected } from '../faults.ts';
import type { Call } from '../faults.ts';
import type { HttpAnswer } from '../http.ts';
import { at, isObject, textAt } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { failureOf, isFailure, openFhir, reading, resourceOf } from './client.ts';
import type { FhirClient } from './client.ts';
import { searchAll } from './search.ts';
import type { Entry } from './search.ts';
import type { FhirSettings } from './settings.ts';
import { appointmentResource, changedPatient, documentResource, patientResource } from './written-resources.ts';
import type { Identifier, NewAppointment, NewDocument, NewPatient, PatientChange } from './written-resources.ts';

/** The id at the endpoint. `created`: false where it was there already. */
export interface Written {
  readonly id: string;
  readonly version: string | null;
  readonly created: boolean;
}

type Writable = FhirSettings['write'][number];

const idPattern = /^[A-Za-z0-9\-.]{1,64}$/;

function mayNot(client: FhirClient, type: Writable): Failure | null {
  return client.settings.write.includes(type)
    ? null
    : rejected('access.forbidden', [{ code: 'not-allowed', field: 'fhir.write' }]);
}

function wrongId(field: string, id: string | null): Failure | null {
  return id === null || idPattern.test(id) ? null : rejected('input.invalid', [{ code: 'invalid', field }]);
}

function effectOf(client: FhirClient): Call {
  return { effect: true, inquireAfterSeconds: client.settings.inquireAfterSeconds };
}

function versionIn(answer: HttpAnswer): string | null {
  const tag = /^(?:W\/)?"([^"]+)"$/.exec(answer.headers.get('etag') ?? '')?.[1];
  return tag ?? textAt(at(answer.json, 'meta'), 'versionId');
}

/** The id of what was created or is there: of the body, or of `Location` (`…/Patient/12/_history/1`). */
function idIn(answer: HttpAnswer, type: Writable): string | null {
  const inBody = textAt(answer.json, 'resourceType') === type ? textAt(answer.json, 'id') : null;
  const path = answer.headers.get('location')?.split(/[?#]/)[0] ?? '';
  const named = new RegExp(`(?:^|/)${type}/([A-Za-z0-9\\-.]{1,64})(?:/_history/[^/]+)?$`).exec(path)?.[1] ?? null;
  return inBody ?? named;
}

function token({ system, value }: Identifier): string {
  const escaped = value.replace(/[\\,|$]/g, (sign) => `\\${sign}`);
  return `${system}|${escaped}`;
}

/** What has the identifier; null: nothing. Two that have it are left to a person. */
async function findBy(client: FhirClient, type: Writable, identifier: Identifier): Promise<Written | null | Failure> {
  const found = await searchAll(client, type, { identifier: token(identifier) });
  if (isFailure(found)) return found;
  // An endpoint that does not know the parameter answers with whoever is there.
  const bears = ({ resource }: Entry): boolean =>
    resource
      .children('identifier')
      .some((one) => one.string('system') === identifier.system && one.string('value') === identifier.value);
  const ids = new Map(
    found
      .filter((entry) => entry.isMatch && bears(entry))
      .map(({ resource }) => [resource.string('id') ?? '', resource] as const),
  );
  if (ids.size > 1) return rejected('state.conflict', [{ code: 'multiple-matches', field: `${type}.identifier` }]);
  const [first] = ids;
  if (first === undefined || first[0] === '') return null;
  return { id: first[0], version: first[1].child('meta')?.string('versionId') ?? null, created: false };
}

/** Not every endpoint heeds If-None-Exist: it is looked for first, and the condition guards what happens between. */
async function create(
  context: ConnectorContext,
  type: Writable,
  resource: JsonObject,
  identifier: Identifier,
): Promise<Outcome<Written>> {
  const client = openFhir(context);
  const forbidden = mayNot(client, type);
  if (forbidden !== null) return forbidden;
  const existing = await findBy(client, type, identifier);
  if (existing !== null) return isFailure(existing) ? existing : { kind: 'done', result: existing };
  const effect = effectOf(client);
  const answer = await client.send({
    ...effect,
    method: 'POST',
    url: client.url(type),
    headers: { 'if-none-exist': new URLSearchParams({ identifier: token(identifier) }).toString() },
    body: JSON.stringify(resource),
  });
  if (isFailure(answer)) return answer;
  if (answer.status < 200 || answer.status > 299) return failureOf(context, answer, effect);
  const id = idIn(answer, type);
  if (id === null) return doubtful(effect, 'vendor.malformed');
  return { kind: 'done', result: { id, version: versionIn(answer), created: answer.status === 201 } };
}

async function find(context: ConnectorContext, type: Writable, identifier: Identifier): Promise<Inquiry<Written>> {
  const found = await findBy(openFhir(context), type, identifier);
  if (found === null) return { kind: 'notFound' };
  if (!isFailure(found)) return { kind: 'found', result: { ...found, created: true } };
  // Two under one identifier: whether ours is among them a person must tell.
  return found.kind === 'rejected' && found.code === 'state.conflict'
    ? { kind: 'uncertain', code: 'state.conflict', inquireAfterSeconds: 0 }
    : found;
}

/** A new patient, or the one that has the identifier already. */
export function createPatient(context: ConnectorContext, request: NewPatient): Promise<Outcome<Written>> {
  return create(context, 'Patient', patientResource(request), request.identifier);
}

export function findPatient(context: ConnectorContext, { identifier }: NewPatient): Promise<Inquiry<Written>> {
  return find(context, 'Patient', identifier);
}

/** A signed note, its text with it. */
export async function createDocumentReference(context: ConnectorContext, note: NewDocument): Promise<Outcome<Written>> {
  const wrong =
    wrongId('patientId', note.patientId) ??
    wrongId('authorId', note.authorId) ??
    wrongId('encounterId', note.encounterId);
  return wrong ?? create(context, 'DocumentReference', documentResource(note), note.identifier);
}

export function findDocumentReference(context: ConnectorContext, note: NewDocument): Promise<Inquiry<Written>> {
  return find(context, 'DocumentReference', note.identifier);
}

export async function createAppointment(context: ConnectorContext, visit: NewAppointment): Promise<Outcome<Written>> {
  const wrong = wrongId('patientId', visit.patientId) ?? wrongId('practitionerId', visit.practitionerId);
  return wrong ?? create(context, 'Appointment', appointmentResource(visit), visit.identifier);
}

export function findAppointment(context: ConnectorContext, visit: NewAppointment): Promise<Inquiry<Written>> {
  return find(context, 'Appointment', visit.identifier);
}

interface Standing {
  readonly json: JsonObject;
  readonly version: string;
}

/** The record as it stands, with its version: without one an update could undo another's. */
async function standing(client: FhirClient, id: string): Promise<Standing | Failure> {
  const answer = await client.send({ ...reading, method: 'GET', url: client.url(`Patient/${id}`) });
  const resource = resourceOf(client, answer, reading);
  if (isFailure(resource)) return resource;
  if (isFailure(answer)) return answer;
  const version = versionIn(answer);
  if (version === null) return rejected('state.conflict', [{ code: 'no-version', field: 'Patient.meta.versionId' }]);
  if (!isObject(answer.json) || resource.path !== 'Patient' || resource.string('id') !== id)
    return doubtful(reading, 'vendor.malformed');
  return { json: answer.json, version };
}

function isChanged({ json }: Standing, change: PatientChange): boolean {
  return canonicalJson(changedPatient(json, change.patient)) !== canonicalJson(json);
}

/** Changes a patient's record in the version it was decided on; another version meanwhile is a conflict, and nothing is written. */
export async function updatePatient(context: ConnectorContext, change: PatientChange): Promise<Outcome<Written>> {
  const client = openFhir(context);
  const wrong = mayNot(client, 'Patient') ?? wrongId('id', change.id);
  if (wrong !== null) return wrong;
  const current = await standing(client, change.id);
  if (isFailure(current)) return current;
  if (change.version !== null && change.version !== current.version)
    return rejected('state.conflict', [{ code: 'another-version', field: 'Patient.meta.versionId' }]);
  if (!isChanged(current, change))
    return { kind: 'done', result: { id: change.id, version: current.version, created: false } };
  const effect = effectOf(client);
  const answer = await client.send({
    ...effect,
    method: 'PUT',
    url: client.url(`Patient/${change.id}`),
    headers: { 'if-match': `W/"${current.version}"` },
    body: JSON.stringify(changedPatient(current.json, change.patient)),
  });
  if (isFailure(answer)) return answer;
  if (answer.status < 200 || answer.status > 299) return failureOf(context, answer, effect);
  return { kind: 'done', result: { id: change.id, version: versionIn(answer), created: false } };
}

/** Whether the change stands in the record. Where another one stands there, a person must tell. */
export async function findUpdate(context: ConnectorContext, change: PatientChange): Promise<Inquiry<Written>> {
  const current = await standing(openFhir(context), change.id);
  if (isFailure(current)) return current;
  const result = { id: change.id, version: current.version, created: false };
  if (!isChanged(current, change)) return { kind: 'found', result };
  const isUntouched = change.version === null || change.version === current.version;
  return isUntouched ? { kind: 'notFound' } : { kind: 'uncertain', code: 'state.conflict', inquireAfterSeconds: 0 };
}
