// MLLP as a stream: however the bytes are cut, the same messages come out, and every wrong framing has its code.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameDecoder, framed } from './mllp-framing.ts';
import type { Frame } from './mllp-framing.ts';

const told = (frames: readonly Frame[]): string[] =>
  frames.map((frame) => (frame.kind === 'message' ? frame.bytes.toString('latin1') : `!${frame.code}`));

function decoded(text: string, largest?: number): string[] {
  const decoder = new FrameDecoder(largest);
  return told([...decoder.push(Buffer.from(text, 'latin1')), ...decoder.close()]);
}

test('messages cut anywhere come out whole, several in one chunk as well', () => {
  const body = fc
    .uint8Array({ maxLength: 40 })
    .map((bytes) => Buffer.from(bytes.filter((one) => one !== 0x0b && one !== 0x1c)));
  fc.assert(
    fc.property(fc.array(body, { maxLength: 5 }), fc.array(fc.nat({ max: 12 })), (messages, cuts) => {
      const stream = Buffer.concat(messages.map((one) => framed(one)));
      const decoder = new FrameDecoder();
      const frames: Frame[] = [];
      let at = 0;
      for (const cut of cuts) {
        frames.push(...decoder.push(stream.subarray(at, at + cut)));
        at += cut;
      }
      frames.push(...decoder.push(stream.subarray(at)), ...decoder.close());
      expect(told(frames)).toEqual(messages.map((one) => one.toString('latin1')));
    }),
    { numRuns: 300 },
  );
});

describe('wrong framing', () => {
  test.each([
    ['hello\v1\x1c\r', ['!bytesBeforeStart', '1']],
    ['\r\n\v1\x1c\r\r\n\v2\x1c\r', ['1', '2']],
    ['\v1\v2\x1c\r', ['!endMissing', '2']],
    ['\v1', ['!endMissing']],
    ['\v1\x1c\n\v2\x1c\r', ['1', '!wrongTrailer', '2']],
    ['\v1\x1c\v2\x1c\r', ['1', '!wrongTrailer', '2']],
    ['\v1\x1cjunk\v2\x1c\r', ['1', '!wrongTrailer', '!bytesBeforeStart', '2']],
    ['MSH|no start at all\r', ['!bytesBeforeStart']],
    ['\v\x1c\r', ['']],
  ])('%j', (stream, found) => {
    expect(decoded(stream)).toEqual(found);
  });

  test('stray bytes are told once, not byte by byte', () => {
    const decoder = new FrameDecoder();
    expect([...decoder.push(Buffer.from('a')), ...decoder.push(Buffer.from('b'))]).toHaveLength(1);
  });

  test('of a message that is too large only the head is kept, and the next one is read', () => {
    const decoder = new FrameDecoder(10_000);
    const part = Buffer.alloc(1000, 'x');
    expect(decoder.push(Buffer.from('\vMSH|'))).toEqual([]);
    for (let index = 0; index < 100; index += 1) expect(decoder.push(part)).toEqual([]);
    const [large, next] = decoder.push(Buffer.from('\x1c\r\vnext\x1c\r'));
    expect(large).toMatchObject({ kind: 'fault', code: 'tooLarge' });
    expect(large?.kind === 'fault' && large.head?.toString().startsWith('MSH|xxx')).toBe(true);
    expect(large?.kind === 'fault' && large.head?.length).toBe(4096);
    expect(told(next === undefined ? [] : [next])).toEqual(['next']);
  });
});
