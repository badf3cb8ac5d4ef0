// Builds the console into console/dist: one script, one style sheet, one page, the service worker that keeps them; no inline code (the server's CSP allows self only).
import { copyFile, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('.', import.meta.url));

await mkdir(`${folder}dist`, { recursive: true });
await build({
  entryPoints: {
    console: `${folder}main.ts`,
    'service-worker': `${folder}service-worker.ts`,
    style: `${folder}styles/console.css`,
  },
  outdir: `${folder}dist`,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
});
await copyFile(`${folder}index.html`, `${folder}dist/index.html`);
await copyFile(`${folder}icon.svg`, `${folder}dist/icon.svg`);
