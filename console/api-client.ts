// The typed client of the server's console endpoints: signing in and out, and one set of calls per area of the console.
import type { Session } from './api.ts';
import { AdminCalls } from './calls/admin.ts';
import { AuthorizationCalls } from './calls/authorizations.ts';
import { BenefitCalls } from './calls/benefits.ts';
import { CaptureCalls } from './calls/capture.ts';
import { CareCalls } from './calls/care.ts';
import { ChargeCalls } from './calls/charges.ts';
import { ClaimCalls } from './calls/claims.ts';
import { DataCalls } from './calls/data.ts';
import { NoteCalls } from './calls/notes.ts';
import { OutreachCalls } from './calls/outreach.ts';
import { ScheduleCalls } from './calls/schedule.ts';
import { WaitlistCalls } from './calls/waitlist.ts';
import { WorkCalls } from './calls/work.ts';
import { Server } from './calls/server.ts';

/** The calls of the console. `onSignedOut` runs when the server no longer knows the session. */
export class Api {
  readonly #server: Server;
  readonly work: WorkCalls;
  readonly care: CareCalls;
  readonly authorizations: AuthorizationCalls;
  readonly benefits: BenefitCalls;
  readonly claims: ClaimCalls;
  readonly schedule: ScheduleCalls;
  readonly outreach: OutreachCalls;
  readonly data: DataCalls;
  readonly admin: AdminCalls;
  readonly waitlist: WaitlistCalls;
  readonly capture: CaptureCalls;
  readonly notes: NoteCalls;
  readonly charges: ChargeCalls;

  constructor(onSignedOut: () => void) {
    const server = new Server(onSignedOut);
    this.#server = server;
    this.work = new WorkCalls(server);
    this.care = new CareCalls(server);
    this.authorizations = new AuthorizationCalls(server);
    this.benefits = new BenefitCalls(server);
    this.claims = new ClaimCalls(server);
    this.schedule = new ScheduleCalls(server);
    this.outreach = new OutreachCalls(server);
    this.data = new DataCalls(server);
    this.admin = new AdminCalls(server);
    this.waitlist = new WaitlistCalls(server);
    this.capture = new CaptureCalls(server);
    this.notes = new NoteCalls(server);
    this.charges = new ChargeCalls(server);
  }

  session(): Promise<Session> {
    return this.#server.get('/v1/session');
  }

  async signIn(email: string, password: string): Promise<Session> {
    await this.#server.post('/v1/session', { email, password });
    return this.session();
  }

  async signOut(): Promise<void> {
    await this.#server.post('/v1/session/end');
  }
}
