// The calls of care between visits.
import type { CarePage, NewProgram, ProgramPage } from '../care.ts';
import type { Server } from './server.ts';

export class CareCalls {
  readonly #server: Server;

  constructor(server: Server) {
    this.#server = server;
  }

  care(): Promise<CarePage> {
    return this.#server.get('/v1/console/care');
  }

  program(program: string): Promise<ProgramPage> {
    return this.#server.get(`/v1/console/exercise-programs/${encodeURIComponent(program)}`);
  }

  async addProgram(patient: string, said: NewProgram): Promise<void> {
    await this.#server.post(`/v1/console/patients/${encodeURIComponent(patient)}/exercise-programs`, said);
  }

  async endProgram(program: string): Promise<void> {
    await this.#server.post(`/v1/console/exercise-programs/${encodeURIComponent(program)}/end`);
  }

  async setVideoLink(visit: string, link: string): Promise<void> {
    await this.#server.post(`/v1/console/visits/${encodeURIComponent(visit)}/video-link`, { link });
  }
}
