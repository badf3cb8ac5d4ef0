// The X12 parsers on npm, each given the same bytes and asked for every element.
import nodeX12Package from 'node-x12';
import { X12parser } from 'x12-parser';

/** x12-parser 1.3.0: a stream of segments, an object with a key for each element. @returns elements */
export async function x12Parser(bytes: Uint8Array, chunkBytes: number): Promise<number> {
  const parser = new X12parser();
  let elements = 0;
  parser.on('data', (segment: object) => (elements += Object.keys(segment).length - 1));
  const ended = new Promise((settle, reject) => parser.once('end', settle).once('error', reject));
  for (let at = 0; at < bytes.length; at += chunkBytes)
    if (!parser.write(bytes.slice(at, at + chunkBytes))) await new Promise((settle) => parser.once('drain', settle));
  parser.end();
  await ended;
  return elements;
}

/** node-x12 1.7.1: the whole file as a tree. @returns segments */
export function nodeX12(text: string): number {
  const interchange = new nodeX12Package.X12Parser(false).parse(text);
  const groups = 'functionalGroups' in interchange ? interchange.functionalGroups : [];
  let segments = 0;
  for (const group of groups) for (const transaction of group.transactions) segments += transaction.segments.length;
  return segments;
}
