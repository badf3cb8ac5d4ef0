// Composes the server: every area's endpoints over the services, Express around them.
import express from 'express';
import type { Express } from 'express';
import helmet from 'helmet';
import { GaitError } from '../domain/errors.ts';
import { composeAreas } from './areas.ts';
import { allowOrigin } from './http/cross-origin.ts';
import type { Endpoint } from './http/endpoint.ts';
import { createGate } from './http/gate.ts';
import { mount } from './http/mount.ts';
import { createRefusals } from './http/refusals.ts';
import type { Services } from './services.ts';

export { openServices } from './open-services.ts';

/** Only pages of our own may ask for the microphone, and of these only capturing does; nothing else of the machine is used. */
const permissionsPolicy = 'microphone=(self), camera=(), geolocation=(), display-capture=(), payment=(), usb=()';

export interface App {
  readonly express: Express;
  readonly endpoints: readonly Endpoint[];
  /** Lets go of what the areas hold; not of the services, which were here before. */
  stop(): Promise<void>;
}

/** The HTTP application over the services. */
export async function createApp(services: Services): Promise<App> {
  const { config, log } = services;
  const areas = await composeAreas(services);
  const refusals = createRefusals(services);
  const gate = createGate({ ...services, temporalUiOrigin: config.temporalUiOrigin });
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustedProxies);
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'"],
          fontSrc: ["'self'"],
          connectSrc: ["'self'"],
          formAction: ["'self'"],
          baseUri: ["'none'"],
          frameAncestors: ["'none'"],
        },
      },
      strictTransportSecurity: config.secureCookies,
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
    }),
  );
  app.use((_request, response, next) => {
    response.setHeader('Permissions-Policy', permissionsPolicy);
    next();
  });
  app.use(
    allowOrigin(
      config.temporalUiOrigin,
      areas.endpoints.filter((one) => one.crossOrigin).map((one) => one.path),
    ),
  );
  mount(app, areas.endpoints, { services, gate, refusals });
  app.use((_request, response) => {
    const missing = new GaitError('reference.unknown', 'There is nothing at this address.');
    response.status(missing.row.status).json(missing.toBody());
  });
  return {
    express: app,
    endpoints: areas.endpoints,
    async stop() {
      await areas.stop();
      await refusals.flush().catch(() => log.error('the last refusals could not be written to the audit chain'));
    },
  };
}
