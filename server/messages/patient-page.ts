// The frame of the pages that patients open from a message: no name, no script, one look, readable on a telephone.
import { reply } from '../http/reply.ts';
import type { Reply } from '../http/reply.ts';

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * Without a name: whoever finds the telephone learns no more than the message told already.
 * @param more HTML of ours, everything in it escaped
 */
export function patientPage(title: string, line: string, more = ''): Reply {
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="/m.css">
<main><h1>${escaped(title)}</h1>${line === '' ? '' : `<p>${escaped(line)}</p>`}${more}</main>
</html>`;
  return reply(200, body, { 'content-type': 'text/html; charset=utf-8' });
}

/** What a link says that was used, is over, or never was one: all the same. */
export function overPage(): Reply {
  return patientPage('This link has been used or is over', 'Call the clinic if you have a question.');
}

/** The fields of a form as a browser sends it; the first of each name. */
export function formFields(body: Uint8Array | null): Readonly<Record<string, string>> {
  const fields = [...new URLSearchParams(Buffer.from(body ?? new Uint8Array()).toString('utf8'))];
  return Object.fromEntries(fields.reverse());
}

export const patientStyle = `body{font:1.125rem/1.5 system-ui,sans-serif;margin:0;background:#f6f5f2;color:#1f2933}
main{max-width:26rem;margin:3rem auto;padding:1.5rem;background:#fff;border:1px solid #dcd9d2;border-radius:.75rem}
h1{font-size:1.375rem;margin:0 0 .5rem}h2{font-size:1.125rem;margin:1.5rem 0 .5rem}form{margin:.75rem 0 0}
button{font:inherit;width:100%;padding:.875rem;border:0;border-radius:.5rem;background:#1d4e5f;color:#fff}
form+form button{background:#fff;color:#1d4e5f;border:1px solid #1d4e5f}
:focus-visible{outline:3px solid #e0a33b;outline-offset:2px}
a{color:#1d4e5f}ul{padding-left:1.25rem;margin:.5rem 0}li{margin:.5rem 0}.soft{color:#52606d;font-size:1rem;margin:.25rem 0}
.lack{color:#8a1c1c;font-weight:600}
fieldset{border:0;padding:0;margin:1.25rem 0}legend,.ask{font-weight:600;padding:0;margin:0 0 .375rem;display:block}
.field{margin:1.25rem 0}input[type=text],input[type=date],textarea{font:inherit;box-sizing:border-box;width:100%;padding:.625rem;border:1px solid #7b8794;border-radius:.5rem;background:#fff;color:inherit}
textarea{min-height:5rem}
.choices{display:flex;flex-wrap:wrap;gap:.5rem}.choices label{display:flex;align-items:center;gap:.5rem;flex:1 1 auto;min-height:2.75rem;padding:0 .75rem;border:1px solid #7b8794;border-radius:.5rem}
.choices label:has(:checked){background:#e3eef1;border-color:#1d4e5f}.choices input{width:1.25rem;height:1.25rem;margin:0;accent-color:#1d4e5f}
.scale{display:grid;grid-template-columns:repeat(6,1fr);gap:.375rem}.scale label{flex-direction:column;gap:.125rem;padding:.375rem 0;min-height:3.25rem;justify-content:center}
.ends{display:flex;justify-content:space-between}`;
