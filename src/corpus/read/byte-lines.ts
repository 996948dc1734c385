/** Cuts a stream of bytes into lines in bounded memory; a line that is too long is skipped and reported. */

/** A line without its break; `bytes` is null when it was longer than the limit. */
export interface ByteLine {
  readonly bytes: Buffer | null;
  /** Counts from 1. */
  readonly number: number;
  /** Bytes of the stream up to and with this line's break. */
  readonly end: number;
}

const newline = 10;

/** The lines of `chunks` (any encoding in which byte 10 is a line feed), the last one also without a break. */
export async function* byteLines(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<ByteLine> {
  let pending: Buffer[] = [];
  let length = 0;
  let number = 0;
  let end = 0;
  const finish = (): Buffer | null => {
    const line = length > maxBytes ? null : pending.length === 1 ? pending[0]! : Buffer.concat(pending, length);
    pending = [];
    length = 0;
    return line;
  };
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; ) {
      const stop = chunk.indexOf(newline, from);
      const part = chunk.subarray(from, stop < 0 ? chunk.length : stop);
      length += part.length;
      if (length <= maxBytes) pending.push(part);
      else pending = [];
      end += part.length;
      if (stop < 0) break;
      end++;
      from = stop + 1;
      yield { bytes: finish(), number: ++number, end };
    }
  }
  if (length > 0) yield { bytes: finish(), number: ++number, end };
}
