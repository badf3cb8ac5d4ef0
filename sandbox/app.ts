// The sandbox as one Express app: simulated vendors under their own paths, its levers under /sandbox.
import express from 'express';
import type { Express } from 'express';
import { filesCarrier, reportsCarrier, stediCarrier } from './adjudication/carriers.ts';
import { adjudicationControl } from './adjudication/control.ts';
import { PayersDesk } from './adjudication/desk.ts';
import { Post } from './adjudication/post.ts';
import { AdjudicationStore } from './adjudication/store.ts';
import { availityControl } from './availity/control.ts';
import { Inquiries } from './availity/inquiries.ts';
import { availityRouter } from './availity/router.ts';
import { AvailityStore } from './availity/store.ts';
import { breezyNotesDialect } from './breezy-notes/dialects.ts';
import { changeHealthcareRouter } from './change-healthcare/router.ts';
import { generateClinic } from './clinic/generate.ts';
import type { Clinic } from './clinic/model.ts';
import { payers } from './clinic/payers.ts';
import { clinicientDialect } from './clinicient/dialects.ts';
import { fhirSandbox } from './fhir/sandbox.ts';
import { hl7Control } from './hl7/control.ts';
import { Receiver } from './hl7/wire.ts';
import { janeAppControl } from './jane-app/control.ts';
import { janeAppRouter } from './jane-app/router.ts';
import { janeStore } from './jane-app/store.ts';
import { lumaHealthControl } from './luma-health/control.ts';
import { lumaHealthRouter } from './luma-health/router.ts';
import { lumaStore } from './luma-health/store.ts';
import { networkControl } from './medical-network/control.ts';
import { NetworkStore } from './medical-network/store.ts';
import { partnerApiControl } from './partner-api/control.ts';
import { partnerApiRouter, partnerStore } from './partner-api/router.ts';
import { promptDialect } from './prompt/dialects.ts';
import { raintreeDialect } from './raintree/dialects.ts';
import { reportControl } from './reports/control.ts';
import { smtpControl } from './smtp/control.ts';
import { smtpStore } from './smtp/store.ts';
import type { SmtpStore } from './smtp/store.ts';
import { stediRouter } from './stedi/router.ts';
import { therabillControl } from './therabill/control.ts';
import { twilioControl } from './twilio/control.ts';
import { twilioRouter } from './twilio/router.ts';
import { twilioStore } from './twilio/store.ts';
import { webptControl } from './webpt/control.ts';
import { x12FilesControl } from './x12-files/control.ts';
import { X12FilesStore } from './x12-files/store.ts';

/** The systems that export reports, by the path of their levers. */
const reportDialects = {
  clinicient: clinicientDialect,
  raintree: raintreeDialect,
  prompt: promptDialect,
  'breezy-notes': breezyNotesDialect,
} as const;

export interface SandboxOptions {
  readonly stateFolder: string;
  readonly seed: number;
  readonly now: () => Date;
}

/** The simulated vendors on one folder, and the payers behind them all. */
export interface Sandbox {
  /** Not yet listening. */
  readonly app: Express;
  readonly x12Files: X12FilesStore;
  readonly desk: PayersDesk;
  readonly mail: SmtpStore;
  /** Takes HL7 messages once it is started. */
  readonly hl7: Receiver;
}

/** State under `stateFolder` is read at once and written on every change. */
export function createSandbox({ stateFolder, seed, now }: SandboxOptions): Sandbox {
  const store = new AvailityStore(stateFolder);
  const inquiries = new Inquiries();
  const changeHealthcare = new NetworkStore(stateFolder, 'change-healthcare');
  const stedi = new NetworkStore(stateFolder, 'stedi');
  const x12Files = new X12FilesStore(stateFolder);
  const adjudication = new AdjudicationStore(stateFolder);
  const carriers = {
    x12Files: filesCarrier(x12Files),
    changeHealthcare: reportsCarrier(changeHealthcare),
    stedi: stediCarrier(stedi),
  };
  const desk = new PayersDesk(adjudication, new Post(adjudication, carriers));
  const app = express();
  app.disable('x-powered-by');
  app.get('/healthz', (_request, response) => {
    response.json({ ok: true });
  });
  const fhir = fhirSandbox({ seed, now });
  const people = { seed, now };
  const clinic = (): Clinic => generateClinic({ seed, today: now().toISOString().slice(0, 10), canary: null });
  const jane = { store: janeStore(stateFolder), clinic, now };
  const luma = { store: lumaStore(stateFolder), clinic, now };
  const twilio = { store: twilioStore(stateFolder), now };
  const mail = smtpStore(stateFolder);
  const partner = { store: partnerStore(stateFolder), clinic, now };
  app.use('/sandbox/jane-app', janeAppControl(jane));
  app.use('/jane-app', janeAppRouter(jane));
  app.use('/sandbox/luma-health', lumaHealthControl(luma));
  app.use('/luma-health', lumaHealthRouter(luma));
  app.use('/sandbox/twilio', twilioControl(twilio));
  app.use('/twilio', twilioRouter(twilio));
  app.use('/sandbox/smtp', smtpControl(mail));
  app.use('/sandbox/partner-api', partnerApiControl(partner));
  app.use('/partner-api', partnerApiRouter(partner));
  for (const [path, dialect] of Object.entries(reportDialects))
    app.use(`/sandbox/${path}`, reportControl({ ...people, dialect }));
  const hl7 = new Receiver();
  app.use('/sandbox/hl7', hl7Control({ ...people, receiver: hl7 }));
  app.use('/sandbox/fhir', fhir.control);
  app.use('/fhir', fhir.router);
  app.use('/sandbox/availity', availityControl(store, inquiries));
  app.use('/sandbox/change-healthcare', networkControl(changeHealthcare));
  app.use('/sandbox/stedi', networkControl(stedi));
  app.use('/sandbox/therabill', therabillControl({ seed, now }));
  app.use('/sandbox/webpt', webptControl({ seed, now }));
  app.use('/sandbox/adjudication', adjudicationControl(desk, now));
  app.use('/sandbox/x12-files', x12FilesControl(x12Files, desk, now));
  const availity = availityRouter({ store, inquiries, desk, payers: Object.values(payers), now });
  app.use(
    '/change-healthcare',
    changeHealthcareRouter({ store: changeHealthcare, desk, payers: Object.values(payers), now }),
  );
  app.use('/stedi', stediRouter({ store: stedi, desk, now }));
  app.use('/availity', availity);
  app.use('/', availity);
  return { app, x12Files, desk, mail, hl7 };
}
