// `gait schema NAME`: the JSON Schema of what a command prints with `--json`, or of a file it takes.
import { unusable } from './shared/command-line.ts';
import { inputs, outputs } from './schemas/all.ts';

export const summary = "print the JSON Schema of a command's JSON";

export const usage = `Usage: gait schema            every name with its example
       gait schema NAME       its JSON Schema (2020-12), e.g. gait schema audit.verify`;

/** Returns 0. Throws a sentence for a name that is not known. */
export function run(args: string[]): Promise<number> {
  const [name, ...more] = args.filter((arg) => arg !== '--json');
  if (more.length > 0) throw unusable('Name one schema.', usage);
  if (name === undefined) {
    const width = Math.max(...outputs.map((output) => output.name.length));
    const lines = outputs.map((output) => `${output.name.padEnd(width)}  ${output.example}`);
    process.stdout.write(`${lines.join('\n')}\n${Object.keys(inputs).join('\n')}\n`);
    return Promise.resolve(0);
  }
  const schema = outputs.find((output) => output.name === name)?.schema ?? inputs[name];
  if (schema === undefined) throw unusable(`There is no schema "${name}".`, usage);
  process.stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
  return Promise.resolve(0);
}
