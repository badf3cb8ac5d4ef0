// Where the browser tests put their pictures: beside the test results, or into the documents when these are to be made anew.
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkout } from '../../runtime/places.mjs';

/** The path of a picture, with its folder made. `GAIT_PICTURES=docs` makes those of the documents: they show dates, so a usual run leaves them alone. */
export function picturePath(name: string): string {
  const folder =
    process.env['GAIT_PICTURES'] === 'docs'
      ? join(checkout, 'docs', 'images')
      : join(checkout, 'test-results', 'images');
  const path = join(folder, `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}
