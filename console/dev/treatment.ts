// Synthetic care for the stand-in: what is due, an episode, progress, a plan of care, and the visits to capture.
import { readFileSync } from 'node:fs';
import { vocabulary } from '../../rules/testing/dictation.ts';
import { measureNamed, measureFiles } from '../../rules/testing/measures.ts';
import { progressFlagRule } from '../../rules/testing/documentation.ts';
import { protocolFiles, similarRule } from '../../rules/testing/protocols.ts';
import { addDays, dateInZone } from '../../domain/calendar.ts';
import type { CodesFile } from '../../domain/billing-tables/codes-schema.ts';
import type { Episode } from '../../domain/note/source-schema.ts';
import { draftPlan } from '../../domain/plan-of-care/draft.ts';
import type { PlanDraft } from '../../domain/plan-of-care/draft.ts';
import { similarPatients } from '../../domain/plan-of-care/similar.ts';
import { progressFlags } from '../../domain/progress/flags.ts';
import { blankSession } from '../../domain/session/blank.ts';
import { hashOf } from '../../server/notes/hash.ts';
import type { Session } from '../api.ts';
import type { CaptureDay } from '../capture/answers.ts';
import type { Certification, DueLine, PlanPage, ProgressPage, StoredEpisode } from '../notes.ts';
import { ok, refused } from './answers.ts';
import type { Answer, Body } from './answers.ts';
import { noteRefs } from './notes.ts';
import { zone } from './people.ts';

export const treatedPatient = 'pat_demo0000000000000000009';
export const planRef = 'poc_demo000000000000000001';
export const visitRef = 'appt_demo1';
const name = { given: 'June', family: 'Okonkwo' };
const codes = JSON.parse(
  readFileSync(new URL('../../rules/billing-tables/codes.json', import.meta.url), 'utf8'),
) as CodesFile;

export class TreatmentDesk {
  readonly #now: () => Date;
  #plan: PlanPage;
  #episode: StoredEpisode;

  constructor(now: () => Date) {
    this.#now = now;
    this.#plan = this.#draft();
    this.#episode = {
      patient: treatedPatient,
      ref: 'epi_demo000000000000000001',
      revision: 2,
      beganOn: this.#ago(28),
      endedOn: null,
      episode: this.#entered(),
    };
  }

  #ago(days: number): string {
    return addDays(dateInZone(this.#now().toISOString(), zone), -days);
  }

  #entered(): Episode {
    const goal = { of: null, baseline: null, target: null, unit: null } as const;
    return {
      diagnoses: [{ code: 'Z96.651', words: 'Right knee replaced' }],
      onset: this.#ago(40),
      history: 'Knee replaced after years of osteoarthritis; home since the third day.',
      priorFunction: 'Walked two miles a day without a stick.',
      limitations: ['Stairs', 'Standing up from a low chair'],
      precautions: ['No kneeling for twelve weeks'],
      startOfCare: this.#ago(28),
      treatmentDays: 8,
      goals: [
        {
          id: 'goal_1',
          term: 'short',
          words: 'Climbs a flight of stairs step over step.',
          ...goal,
          due: this.#ago(-14),
        },
        {
          id: 'goal_2',
          term: 'long',
          words: 'Does daily tasks with little difficulty.',
          of: { measure: 'lefs' },
          baseline: 28,
          target: 60,
          unit: 'points',
          due: this.#ago(-42),
        },
      ],
      plan: {
        from: this.#ago(28),
        to: this.#ago(-32),
        visitsPerWeek: 2,
        weeks: 8,
        interventions: ['Strengthening', 'Gait training'],
      },
      rehabPotential: 'good',
      dischargeReason: null,
      dischargePlan: null,
      askOfPhysician: null,
    };
  }

  #draft(): PlanPage {
    const protocol = protocolFiles.flatMap(({ rows }) => rows).find((row) => row.condition === 'knee-replacement');
    if (protocol === undefined) throw new Error('The library has no protocol for a replaced knee.');
    const date = this.#ago(0);
    const session = {
      ...blankSession({ ref: 'ses_demo1', patient: treatedPatient, date, kind: 'evaluation' as const }),
      measures: [{ measure: 'lefs' as const, score: 28, words: null }],
    };
    const draft = draftPlan({
      protocol,
      findings: { session, side: 'right' },
      patientLimits: null,
      limits: {
        authorization: { visitsLeft: 12, visitsPerWeek: null, to: addDays(date, 60) },
        benefit: { visitsLeft: 'unlimited', yearEnds: null },
        certificationDays: 90,
      },
      from: date,
      measures: measureFiles.flatMap(({ rows }) => rows),
    });
    const past = Array.from({ length: 34 }, (_, at) => ({
      condition: protocol.condition,
      visits: 8 + (at % 14),
      improved: at % 5 > 0,
    }));
    return this.#planPage(draft, {
      protocolName: protocol.name,
      similar: similarPatients(past, protocol.condition, similarRule),
    });
  }

  #planPage(draft: PlanDraft, of: Pick<PlanPage, 'protocolName' | 'similar'>): PlanPage {
    return {
      plan: planRef,
      patient: treatedPatient,
      name,
      revision: 1,
      state: 'draft',
      hash: hashOf(draft),
      draft,
      approved: null,
      recertification: false,
      certification: null,
      ...of,
    };
  }

  get(path: string): Answer | null {
    const patient = `/v1/console/patients/${treatedPatient}`;
    switch (path) {
      case '/v1/console/documentation/due':
        return ok({ due: this.#due() });
      case `${patient}/episode`:
        return ok(this.#episode);
      case `${patient}/progress`:
        return ok(this.#progress());
      case `/v1/console/plans-of-care/${planRef}`:
        return ok(this.#plan);
      case '/v1/console/capture':
        return ok(this.#day());
      default:
        return null;
    }
  }

  post(path: string, body: Body, { user }: Session): Answer | null {
    if (path === '/v1/console/plans-of-care/drafts') return ok({ plan: planRef });
    if (path === '/v1/console/capture/key') return ok({ key: Buffer.alloc(32, 7).toString('base64') });
    if (path === `/v1/console/patients/${treatedPatient}/episode`) {
      if (body['revision'] !== this.#episode.revision)
        return refused(409, 'state.conflict', 'It was changed meanwhile.');
      const episode = body['episode'] as unknown as Episode;
      this.#episode = { ...this.#episode, revision: this.#episode.revision + 1, episode };
      return ok({ revision: this.#episode.revision });
    }
    if (path === `/v1/console/patients/${treatedPatient}/certification`) {
      const { startsOn: _startsOn, ...certification } = body as unknown as Certification & { startsOn: string };
      this.#plan = { ...this.#plan, certification };
      return ok({});
    }
    const deed = new RegExp(`^/v1/console/plans-of-care/${planRef}/(\\w+)$`).exec(path)?.[1];
    if (deed === undefined) return null;
    const plan = this.#plan;
    if (deed === 'edit') {
      const draft = body['draft'] as unknown as PlanDraft;
      this.#plan = { ...plan, revision: plan.revision + 1, draft, hash: hashOf(draft) };
    } else if (deed === 'approve') {
      const by = { id: user.id, displayName: user.displayName };
      this.#plan = { ...plan, state: 'approved', approved: { by, at: this.#now().toISOString() } };
    } else this.#plan = { ...plan, state: 'discarded' };
    return ok({});
  }

  #due(): readonly DueLine[] {
    const of = { patient: treatedPatient, note: null, session: null } as const;
    return [
      {
        ...of,
        name: { given: 'Theo', family: 'Lindqvist' },
        kind: 'progressReport',
        about: this.#ago(30),
        due: this.#ago(-2),
        treatmentDays: { soFar: 9, dueBy: 10 },
        state: 'soon',
        words: 'Progress report by the tenth day of treatment',
        rule: 'due.medicare',
        source: 'Medicare Benefit Policy Manual (100-02) ch. 15 §220.3.D',
        session: 'ses_demo9',
      },
      {
        ...of,
        name,
        kind: 'signature',
        about: this.#ago(3),
        due: this.#ago(1),
        treatmentDays: null,
        state: 'overdue',
        words: 'The daily note is not signed',
        rule: 'due.clinic',
        source: 'The clinic’s own rule',
        note: noteRefs.daily,
      },
      {
        ...of,
        name: { given: 'Noor', family: 'Haddad' },
        kind: 'certification',
        about: null,
        due: null,
        treatmentDays: null,
        state: 'unknown',
        words: 'Nobody knows when the plan of care was certified',
        rule: null,
        source: null,
      },
    ];
  }

  #progress(): ProgressPage {
    const { goals, treatmentDays } = this.#episode.episode;
    const measures = [
      {
        measure: measureNamed('lefs'),
        population: null,
        scores: [
          { date: this.#ago(28), score: 28 },
          { date: this.#ago(14), score: 36 },
          { date: this.#ago(7), score: null },
          { date: this.#ago(1), score: 45 },
        ],
      },
      {
        measure: measureNamed('tug'),
        population: null,
        scores: [
          { date: this.#ago(28), score: 19.4 },
          { date: this.#ago(1), score: 13.1 },
        ],
      },
    ];
    return {
      patient: treatedPatient,
      name,
      treatmentDays,
      goals: goals.map(({ id, words, term, baseline, target, unit, due }, at) => ({
        id,
        words,
        term,
        baseline,
        target,
        unit,
        due,
        state: at === 0 ? 'met' : null,
        stateOn: at === 0 ? this.#ago(1) : null,
      })),
      measures,
      flags: progressFlags(
        {
          treatmentDays: Array.from({ length: 8 }, (_, at) => this.#ago(28 - at * 3)),
          goals: goals.map(({ id }, at) => ({ ref: id, target: null, state: at === 0 ? 'met' : null })),
          measures,
          population: null,
          reports: [{ symptom: 'calf pain', present: true }],
        },
        progressFlagRule,
      ),
      plan: planRef,
    };
  }

  #day(): CaptureDay {
    const day = this.#ago(0);
    return {
      day,
      visits: [
        {
          appointment: visitRef,
          patient: treatedPatient,
          name,
          startsAt: `${day}T15:00:00.000Z`,
          status: 'arrived',
          therapist: 'Adair, Kim',
          session: null,
          last: { session: 'ses_demo1', date: this.#ago(3) },
          counting: { rule: null, assistant: null },
          goals: this.#episode.episode.goals.map(({ id, words }) => ({ id, words })),
        },
      ],
      people: [{ id: 'usr_therapist00000000000004', displayName: 'Kim Adair' }],
      codes,
      interventions: [{ name: 'leg press', code: '97110', part: 'knee' }],
      listening: { vocabulary, measures: measureFiles.flatMap(({ rows }) => rows), hasSpeech: false },
    };
  }
}
