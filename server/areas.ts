// Every area of the server: one line adds its endpoints.
import { adminKeyEndpoints, keyEndpoints } from './keys/endpoints.ts';
import { auditEndpoints } from './audit/endpoints.ts';
import { codecEndpoints } from './codec/endpoints.ts';
import { connectionEndpoints } from './connections/endpoints.ts';
import { consoleFiles } from './http/console-files.ts';
import { sessionEndpoints } from './sessions/endpoints.ts';
import { composeProtocols } from './protocols.ts';
import { healthEndpoints } from './http/health.ts';
import type { Endpoint } from './http/endpoint.ts';
import type { Services } from './services.ts';

/** The composed areas: their endpoints, and what must be let go of when the server stops. */
export interface Areas {
  readonly endpoints: readonly Endpoint[];
  stop(): Promise<void>;
}

/** Composes every area over the shared services. An area that holds something open adds its own way to let go. */
export async function composeAreas(services: Services): Promise<Areas> {
  const protocols = await composeProtocols(services);
  return {
    endpoints: [
      ...healthEndpoints(services),
      ...consoleFiles(services),
      ...keyEndpoints(services),
      ...sessionEndpoints(services),
      ...connectionEndpoints(services),
      ...adminKeyEndpoints(services),
      ...auditEndpoints(services),
      ...codecEndpoints(services),
      ...protocols.endpoints,
    ],
    stop: () => protocols.stop(),
  };
}
