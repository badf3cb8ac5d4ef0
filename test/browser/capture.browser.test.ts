// Capturing a session on a tablet over the real server: few taps, a lost connection, a lost answer, two tablets, a shared tablet.
import { createServer, connect } from 'node:net';
import type { Server, Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { blankIntervention, blankSession } from '../../domain/session/blank.ts';
import type { Session } from '../../domain/session/schema.ts';
import { followedClinic } from '../../server/authorizations/testing/followed.ts';
import type { Followed } from '../../server/authorizations/testing/followed.ts';
import { addVisit } from '../../server/patient-links/testing/patients.ts';
import { createUser } from '../../server/setup.ts';
import { testDay } from '../../server/testing/days.ts';
import { startServer } from '../../server/testing/server.ts';
import type { TestServer } from '../../server/testing/server.ts';
import { newReference } from '../../server/vault/reference.ts';
import { picturePath } from '../harness/pictures.ts';
import { openPage, overflow, seriousFindings, startBrowser } from './browser.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const password = 'correct horse battery staple';
const wide = { width: 1024, height: 768 };
const upright = { width: 768, height: 1024 };
const today = testDay();

let browser: Browser;
let server: TestServer;
let clinic: Followed;
let network: Network;
let contexts: BrowserContext[] = [];

/** The way between tablet and server: it can be cut, and an answer can be lost on it. */
interface Network {
  readonly url: string;
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** Lets the server hear the next save and the tablet not its answer. */
  loseNextAnswer(): void;
  readonly answersLost: number;
  stop(): Promise<void>;
}

async function startNetwork(target: URL): Promise<Network> {
  const sockets = new Set<Socket>();
  let lose = false;
  let answersLost = 0;
  const server: Server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    let lost = false;
    near.on('data', (bytes: Buffer) => {
      if (lose && bytes.includes('/saves')) [lost, lose] = [true, false];
    });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far);
    far.on('data', (bytes: Buffer) => {
      if (lost) {
        answersLost += 1;
        near.destroy();
      } else near.write(bytes);
    });
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  await listen(0);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const cut = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return {
    url: `http://127.0.0.1:${port}`,
    cut,
    mend: () => listen(port),
    loseNextAnswer: () => (lose = true),
    get answersLost() {
      return answersLost;
    },
    stop: () => (server.listening ? cut() : Promise.resolve()),
  };
}

beforeAll(async () => {
  browser = await startBrowser();
  server = await startServer({ GAIT_CONSOLE_DIST: `${root}console/dist` });
  network = await startNetwork(new URL(server.url));
  clinic = await followedClinic(server.services, { today });
  for (const [email, displayName] of [
    ['pt@example.org', 'Kim Adair'],
    ['other@example.org', 'Robin Vale'],
  ] as const)
    await createUser(server.services, {
      clinic: clinic.clinic,
      email,
      displayName,
      roles: ['therapist'],
      password,
    });
});
afterAll(async () => {
  await browser.close();
  await network.stop();
  await server.stop();
});
afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
});

const visit = (): Promise<string> =>
  addVisit(server.services, { clinic: clinic.clinic, connection: clinic.webpt, patient: clinic.patient, date: today });

/** A tablet of its own with somebody signed in on it, at the session of a visit. */
async function tablet(path: string, email = 'pt@example.org', viewport = wide) {
  const watched = await openPage(browser, network.url, { viewport, hasTouch: true });
  contexts.push(watched.context);
  const { page } = watched;
  await page.goto(path);
  await signIn(page, email);
  return watched;
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Pages' }).waitFor();
}

const sync = (page: Page, kind: string) => page.locator(`[data-sync="${kind}"]`).waitFor();

async function stored(appointment: string): Promise<{ readonly revision: number; readonly record: Session }> {
  const { db, vault } = server.services;
  const { ref, revision } = await db
    .selectFrom('session_records')
    .select(['ref', 'revision'])
    .where('appointment', '=', appointment)
    .executeTakeFirstOrThrow();
  const opened = await vault.open(clinic.clinic, ref, {
    purpose: 'test',
    actor: { kind: 'system', process: 'test', behalf: null },
  });
  return { revision, record: opened as Session };
}

/** An earlier session of the patient, as a tablet left it. */
async function treatedBefore(): Promise<void> {
  const date = testDay(-3);
  const { clinic: of, webpt: connection, patient, user } = clinic;
  const appointment = await addVisit(server.services, { clinic: of, connection, patient, date });
  const ref = newReference('ses');
  const at = server.services.now();
  const record: Session = {
    ...blankSession({ ref, patient, date, kind: 'treatment' }),
    interventions: [
      {
        ...blankIntervention('leg press'),
        code: '97110',
        minutes: 15,
        sets: 3,
        repetitions: 10,
        load: { value: 60, unit: 'lb', band: null },
      },
      { ...blankIntervention('joint mobilization'), code: '97140', minutes: 10, part: 'knee', side: 'right' },
    ],
    rangeOfMotion: [{ part: 'knee', motion: 'flexion', side: 'right', mode: 'active', degrees: 105 }],
  };
  await server.services.vault.put(of, 'session', { ...record }, { ref });
  await server.services.db
    .insertInto('session_records')
    .values({
      ref,
      clinic: of,
      patient,
      appointment,
      date,
      revision: 1,
      state: 'closed',
      clinician: user.user,
      begun_at: at,
      updated_at: at,
      closed_at: at,
      closed_by: user.user,
    })
    .execute();
}

/** The window as it stands, from the top or from a section on. */
async function picture(page: Page, name: string, from?: string): Promise<void> {
  if (from === undefined) await page.evaluate('window.scrollTo(0, 0)');
  else await page.getByRole('region', { name: from }).evaluate('(section) => section.scrollIntoView()');
  await page.screenshot({ path: picturePath(`console-${name}`), caret: 'hide', animations: 'disabled' });
}

test('a session is captured from the last one in few taps, minutes against units, and closed', async () => {
  await treatedBefore();
  const appointment = await visit();
  const { page, faults } = await tablet('/console/capture');
  await page.getByRole('heading', { level: 1, name: 'Capture' }).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.locator(`a[href$="${appointment}"]`).click();
  await page.getByRole('button', { name: /^Start from / }).click();
  await page.getByText('3 entries are still from the last session.').waitFor();
  await page.getByRole('group', { name: 'Kim Adair' }).getByRole('button', { name: 'PT', exact: true }).click();
  await page.getByRole('button', { name: 'Total minutes: 45' }).click();
  await page.getByRole('group', { name: 'Pain before' }).getByRole('button', { name: '6', exact: true }).click();

  await page.getByRole('button', { name: /^leg press/ }).click();
  await page.getByRole('button', { name: 'Minutes: 15' }).click();
  await page.getByRole('group', { name: 'Response' }).getByRole('button', { name: 'fatigue' }).click();
  await page.getByRole('button', { name: '+ gait training' }).click();
  await page.getByLabel('Minutes', { exact: true }).locator('visible=true').last().fill('8');
  await page.getByLabel('Minutes', { exact: true }).locator('visible=true').last().press('Enter');
  await page.getByText('joint mobilization: its minutes are missing.').waitFor();
  await picture(page, 'capture', 'Interventions');
  expect(await seriousFindings(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);

  // Not done today: what nobody confirmed is taken out, and the session closes.
  await page.getByRole('button', { name: 'Same today: right knee flexion active' }).click();
  await page.getByRole('button', { name: 'Remove those not confirmed' }).click();
  await page.getByRole('button', { name: 'Close the session' }).click();
  await page.getByText('Closed', { exact: true }).waitFor();
  const { record } = await stored(appointment);
  expect(record).toMatchObject({
    totalMinutes: 45,
    timedMinutes: 23,
    pain: [{ when: 'before', score: 6 }],
    rangeOfMotion: [{ degrees: 105 }],
    clinicians: [{ credential: 'PT' }],
  });
  expect(record.interventions.map(({ name, minutes, sets }) => [name, minutes, sets])).toEqual([
    ['leg press', 15, 3],
    ['gait training', 8, null],
  ]);
  expect(JSON.stringify(record)).not.toContain('carriedForward');

  await page.setViewportSize(upright);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  await page.getByText('Timed units').waitFor();
  expect(faults).toEqual([]);
});

test('without a connection nothing is lost: typed, reloaded, the tab closed and opened again, then sent', async () => {
  const [appointment, another] = [await visit(), await visit()];
  const { page, context } = await tablet('/console/capture');
  await page.locator(`a[href$="${appointment}"]`).click();
  await page.getByRole('button', { name: 'Start empty' }).click();
  await sync(page, 'saved');
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)');

  await network.cut();
  await page.getByLabel('Your assessment').fill('Before the reload.');
  await sync(page, 'offline');
  await page.reload();
  await page.getByLabel('Your assessment').waitFor();
  expect(await page.getByLabel('Your assessment').inputValue()).toBe('Before the reload.');
  await page.getByLabel('Your plan').fill('Typed a moment before the tab was closed.');
  // Nothing tells when the last key has reached the disk; a hand needs longer to close a tab.
  await page.waitForTimeout(200);
  await page.close();

  const again = await context.newPage();
  await again.goto(`/console/capture/${appointment}`);
  await again.getByLabel('Your plan').waitFor();
  expect(await again.getByLabel('Your plan').inputValue()).toBe('Typed a moment before the tab was closed.');
  await again.setViewportSize(upright);
  await picture(again, 'capture-offline');
  // One more is begun while nobody answers.
  await again.getByRole('link', { name: 'Today’s visits' }).click();
  await again.getByText('No connection: these are the visits as they were told last.').waitFor();
  await again.locator(`a[href$="${another}"]`).click();
  await again.getByRole('button', { name: 'Start empty' }).click();
  await again.getByLabel('Your plan').fill('Begun alone.');
  await sync(again, 'offline');

  await network.mend();
  await sync(again, 'saved');
  await again.getByRole('link', { name: 'Today’s visits' }).click();
  await again.getByText('not sent').first().waitFor({ state: 'hidden' });
  const planOf = async (visit: string): Promise<string | null> => (await stored(visit)).record.plan;
  await expect.poll(() => planOf(appointment)).toBe('Typed a moment before the tab was closed.');
  expect((await stored(appointment)).record.assessment).toBe('Before the reload.');
  expect(await planOf(another)).toBe('Begun alone.');
});

test('an answer that is lost on its way is asked for again, and the save is there once', async () => {
  const appointment = await visit();
  const { page } = await tablet(`/console/capture/${appointment}`);
  await page.getByRole('button', { name: 'Start empty' }).click();
  await sync(page, 'saved');
  const { revision, record } = await stored(appointment);
  network.loseNextAnswer();
  await page.getByLabel('Your plan').fill('Once only.');
  await expect.poll(async () => (await stored(appointment)).record.plan, { timeout: 15_000 }).toBe('Once only.');
  await sync(page, 'saved');
  expect(network.answersLost).toBe(1);
  expect(await stored(appointment)).toMatchObject({ revision: revision + 1, record: { plan: 'Once only.' } });
  const saves = await server.services.db
    .selectFrom('session_saves')
    .select('revision')
    .where('session', '=', record.ref)
    .execute();
  expect(saves.length).toBe(revision + 1);
});

test('two tablets on one session: what one alone changed is put together, the rest side by side, both may be kept', async () => {
  const appointment = await visit();
  const path = `/console/capture/${appointment}`;
  const [one, two] = await Promise.all([tablet(path), tablet(path, 'other@example.org')]);
  await one.page.getByRole('button', { name: 'Start empty' }).click();
  await sync(one.page, 'saved');
  await two.page.reload();
  await two.page.getByLabel('Your plan').waitFor();
  await one.page.getByLabel('Your plan').fill('Plan of the first.');
  await one.page.getByRole('button', { name: '+ bridge' }).click();
  await sync(one.page, 'saved');
  await two.page.getByLabel('Your assessment').fill('Assessment of the second.');
  await two.page.getByRole('button', { name: '+ heel raise' }).click();
  const conflict = two.page.getByRole('region', { name: 'Changed on two devices' });
  await conflict.waitFor();
  await picture(two.page, 'capture-conflict');
  expect(await seriousFindings(two.page)).toEqual([]);
  expect(await conflict.getByRole('heading', { level: 3 }).allInnerTexts()).toEqual(['Interventions']);
  await conflict.getByRole('button', { name: 'Take both' }).click();
  await conflict.getByRole('button', { name: 'Keep this' }).click();
  await sync(two.page, 'saved');
  const { record } = await stored(appointment);
  expect(record).toMatchObject({ plan: 'Plan of the first.', assessment: 'Assessment of the second.' });
  expect(record.interventions.map(({ name }) => name)).toEqual(['bridge', 'heel raise']);
  expect([...one.faults, ...two.faults]).toEqual([]);
});

test('a shared tablet keeps nothing readable of who signed out; what was not sent goes out when they are back', async () => {
  const appointment = await visit();
  const { page } = await tablet(`/console/capture/${appointment}`);
  await page.getByRole('button', { name: 'Start empty' }).click();
  await sync(page, 'saved');
  await network.cut();
  await page.getByLabel('Your assessment').fill('Zanzibar');
  await sync(page, 'offline');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await leftOn(page)).toEqual({ keys: 0, sealed: true, readable: false });
  await network.mend();
  await page.reload();
  await signIn(page, 'other@example.org');
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  expect((await stored(appointment)).record.assessment).toBeNull();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await signIn(page, 'pt@example.org');
  await sync(page, 'saved');
  expect((await stored(appointment)).record.assessment).toBe('Zanzibar');
});

/** What somebody with the tablet in hand finds in the browser's database. */
function leftOn(page: Page): Promise<{ keys: number; sealed: boolean; readable: boolean }> {
  return page.evaluate(`(async () => {
    const all = (store) => new Promise((resolve) => {
      const asked = indexedDB.open('gait-capture');
      asked.onsuccess = () => {
        const got = asked.result.transaction(store).objectStore(store).getAll();
        got.onsuccess = () => resolve(got.result);
      };
    });
    const sealed = await all('sealed');
    const text = sealed.map(({ bytes }) => new TextDecoder('latin1').decode(bytes)).join('');
    const readable = text.includes('Zanzibar') || text.includes('Abernathy');
    return { keys: (await all('keys')).length, sealed: sealed.length > 0, readable };
  })()`);
}
