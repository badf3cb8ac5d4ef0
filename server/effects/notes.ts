// Filing a signed note under a permit: the very version that was signed, once, whatever system keeps the charts; else a person enters it.
import { noteFilings, writeNote } from '../../connectors/note-filing/operations.ts';
import type { NoteFiled } from '../../connectors/note-filing/operations.ts';
import { filingWay } from '../../connectors/note-filing/settings.ts';
import { noteKey } from '../../domain/effect/key.ts';
import { GaitError } from '../../domain/errors.ts';
import type { Connections } from '../connections/connections.ts';
import { connectionNamed } from '../connections/named.ts';
import type { Trx } from '../database/tables.ts';
import { actorOf, systemPrincipal } from '../http/principal.ts';
import type { Principal } from '../http/principal.ts';
import { giveToPerson } from '../note-filing/by-hand.ts';
import { filingRow, updateFiling } from '../note-filing/needs.ts';
import type { FilingNeeds, FilingRow } from '../note-filing/needs.ts';
import { noteFor, versionOf } from '../note-filing/signed-note.ts';
import type { EffectAnswer } from './answer.ts';
import type { EffectAsk, EffectOperation, EffectPlan, EffectResult } from './operation.ts';
import { resultFound, resultOf } from './results.ts';

/** What the system learns with a note, by the labels of an agreement's scope. */
const holds = ['name', 'birthDate', 'recordNumber', 'visitTime', 'diagnosis', 'measurement', 'clinicalText'] as const;

/** The effects by the operation's name. */
export function noteEffects(needs: FilingNeeds): EffectOperation[] {
  return Object.values(noteFilings).map((operation): EffectOperation => {
    const { name, system, requestTimeoutSeconds, inquireAfterSeconds } = operation;
    const filed = (plan: EffectPlan) => (result: NoteFiled) => filedResult(needs, plan, result);
    return {
      name,
      system,
      requestTimeoutSeconds,
      inquireAfterSeconds,
      times: (config) => operation.times?.(config) ?? operation,
      plan: planNote,
      prepare: async (context, record, { identity: { clinic, subject, key, connection } }) => {
        const note = await needs.db.transaction().execute(async (trx) => {
          const filing = await filingRow(trx, clinic, { note: subject, version: versionIn(key) });
          return noteFor(needs, trx, { filing, connection, record });
        });
        return writeNote(context, note, key);
      },
      async send(context, _record, { plan, wire }) {
        if (wire === null) throw new GaitError('internal.bug', 'A note was to be filed that was never written.');
        return resultOf(await operation.run(context, { wire }), filed(plan));
      },
      async inquire(context, _record, _sending, { plan, wire }) {
        // Filed before a restore, if at all: under which number, nobody knows.
        if (wire === null) return { kind: 'notFound' };
        return resultFound(await operation.inquire(context, { wire }), filed(plan));
      },
    };
  });
}

/** Whether this is the filing of a note that no program can do over this connection. */
export async function isFiledByHand(
  { connections }: { readonly connections: Connections },
  clinic: string,
  ask: EffectAsk,
  by: Principal,
): Promise<boolean> {
  if (!Object.hasOwn(noteFilings, ask.operation)) return false;
  const { config } = await connections.open(clinic, ask.connection, ask.operation, systemPrincipal('effects', by));
  return filingWay(config) === null;
}

/** Nothing leaves the clinic: whoever copies the note into the chart decides by name that it stands there. */
export function fileByPerson(needs: FilingNeeds, clinic: string, ask: EffectAsk, by: Principal): Promise<EffectAnswer> {
  return needs.db.transaction().execute(async (trx): Promise<EffectAnswer> => {
    const connection = await connectionNamed(trx, clinic, ask.connection);
    const filing = await meant(trx, clinic, ask);
    const key = noteKey(filing);
    if (filing.state !== 'waiting' && filing.state !== 'byHand')
      return { key, state: 'duplicate', outcome: filing.state, structure: {}, refs: [] };
    const isNew = filing.state === 'waiting';
    const why = 'enter the signed note into the chart';
    const workItem = await giveToPerson(needs, trx, filing, { connection, reason: null, why });
    await needs.audit.append(trx, {
      clinic,
      actor: actorOf(by),
      action: isNew ? 'effect.done' : 'effect.duplicate',
      subject: filing.note,
      purpose: ask.operation,
      details: { connection, workItem, version: filing.version },
    });
    return { key, state: isNew ? 'done' : 'duplicate', outcome: 'workItem', structure: { workItem }, refs: [workItem] };
  });
}

function versionIn(key: string): number {
  return Number(key.slice(key.lastIndexOf('/') + 1));
}

/** The version the approval names; without one the newest. */
async function meant(trx: Trx, clinic: string, ask: EffectAsk): Promise<FilingRow> {
  const rows = await trx
    .selectFrom('note_filings as f')
    .innerJoin('note_versions as v', (join) => join.onRef('v.note', '=', 'f.note').onRef('v.version', '=', 'f.version'))
    .select(['f.version', 'v.hash'])
    .where('f.clinic', '=', clinic)
    .where('f.note', '=', ask.subject)
    .orderBy('f.version', 'desc')
    .execute();
  const version = (rows.find(({ hash }) => hash === ask.approval) ?? rows[0])?.version;
  if (version === undefined)
    throw new GaitError('reference.unknown', 'This clinic has no such signed note.', {
      where: 'subject',
      fix: 'A note is filed after it is signed, and co-signed where that is needed.',
    });
  return filingRow(trx, clinic, { note: ask.subject, version });
}

async function planNote(trx: Trx, clinic: string, ask: EffectAsk): Promise<EffectPlan> {
  const connection = await connectionNamed(trx, clinic, ask.connection);
  const filing = await meant(trx, clinic, ask);
  const { record, hash } = await versionOf(trx, filing);
  const key = noteKey(filing);
  const seesToIt = filing.state === 'byHand' ? 'note.byHand' : null;
  const keptBack = filing.state === 'waiting' || filing.state === 'uncertain' ? null : (seesToIt ?? 'note.over');
  return {
    identity: {
      clinic,
      key,
      operation: ask.operation,
      connection,
      subject: filing.note,
      requestOf: key,
      workItem: null,
      approval: hash,
      request: record,
    },
    about: filing.note,
    period: null,
    facts: {
      keyMatches: ask.key === undefined || ask.key === key,
      authorizationHeld: false,
      approval: { given: ask.approval ?? null, approved: hash, onItsWay: false },
      keptBack,
      holds,
    },
    missing: () => [],
    isOver: () => Promise.resolve(false),
  };
}

function filedResult(needs: FilingNeeds, plan: EffectPlan, { way, receipt }: NoteFiled): EffectResult {
  const { clinic, connection, key, subject } = plan.identity;
  return {
    outcome: 'filed',
    structure: { way, receipt },
    async keep(trx) {
      const filing = await filingRow(trx, clinic, { note: subject, version: versionIn(key) });
      const at = needs.now();
      await updateFiling(
        needs,
        trx,
        filing,
        { state: 'filed', not_before: null, reason: null, connection, way, receipt, filed_at: at },
        { tell: true },
      );
      return [filing.note];
    },
  };
}
