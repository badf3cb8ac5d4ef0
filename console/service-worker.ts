// Lets the console start without a connection: keeps its four files, which hold nothing of anybody, and answers with them when the server does not.
const cacheName = 'gait-console';
const page = '/console/';
const files = [page, '/console/console.js', '/console/style.css', '/console/icon.svg'];
/** A server that has not answered by then is treated as gone: a tablet at the edge of the network would wait for minutes. */
const patienceMilliseconds = 4_000;

interface InstallEvent extends Event {
  waitUntil(done: Promise<unknown>): void;
}

interface AskEvent extends Event {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

const isInstall = (event: Event): event is InstallEvent => 'waitUntil' in event;
const isAsk = (event: Event): event is AskEvent => 'respondWith' in event;

addEventListener('install', (event) => {
  if (isInstall(event)) event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(files)));
});

addEventListener('fetch', (event) => {
  if (!isAsk(event)) return;
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  // Every address of the console is its one page; whatever else is asked, records above all, goes to the server alone.
  const file = request.mode === 'navigate' ? page : pathname;
  if (request.method === 'GET' && origin === location.origin && files.includes(file))
    event.respondWith(fresh(request, file));
});

async function fresh(request: Request, file: string): Promise<Response> {
  const cache = await caches.open(cacheName);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(patienceMilliseconds) });
    if (answer.ok) await cache.put(file, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(file);
    if (kept === undefined) throw error;
    return kept;
  }
}
