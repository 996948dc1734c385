/**
 * A file of named typed arrays with a header and checksums, written whole or not at all.
 *
 *   "DTLNIDX\n"   length of the header   CRC-32 of the header     8 + 4 + 4 bytes
 *   header        JSON: what the writer says of it, and for each array its name, kind, length, offset and CRC-32
 *   arrays        each on an 8-byte boundary, in this machine's byte order (the header says which)
 */
import { type FileHandle, open, readdir, rename, rm } from "node:fs/promises";
import { endianness } from "node:os";
import { basename, dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import type { GrowingArray } from "./growing.ts";

const magic = Buffer.from("DTLNIDX\n");
const preambleLength = magic.length + 8;

const kinds = { Uint8Array, Uint16Array, Uint32Array, Int32Array, Float64Array };
type Kind = keyof typeof kinds;

interface Section {
  readonly name: string;
  readonly kind: Kind;
  readonly length: number;
  readonly offset: number;
  readonly crc: number;
}

/** What a snapshot file holds. */
export interface SnapshotContent {
  /** Any JSON. */
  readonly about: unknown;
  readonly arrays: Readonly<Record<string, GrowingArray>>;
}

/** Bytes handled between two turns of the event loop. */
const chunkLength = 8 << 20;

const padded = (length: number): number => Math.ceil(length / 8) * 8;

const bytesOf = (array: GrowingArray): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Writes `content` to `path`: to a file beside it first, which then takes its place. Rejects as the file system does. */
export async function writeSnapshot(path: string, { about, arrays }: SnapshotContent): Promise<void> {
  await removeLeftovers(path);
  const temporary = `${path}.${process.pid}.tmp`;
  const handle = await open(temporary, "w");
  try {
    try {
      await writeArrays(handle, about, arrays);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeArrays(handle: FileHandle, about: unknown, arrays: SnapshotContent["arrays"]): Promise<void> {
  // The header stands first but its checksums are known last: their room is kept by writing zeros of equal length.
  const sections = Object.entries(arrays).map(([name, array]) => ({
    name,
    kind: array.constructor.name as Kind,
    length: array.length,
    offset: 0,
    crc: 0,
  }));
  const headerLength = padded(headerOf(about, sections).length + sections.length * 24);
  let offset = padded(preambleLength + headerLength);
  const written: Section[] = [];
  for (const section of sections) {
    const bytes = bytesOf(arrays[section.name]!);
    let crc = 0;
    for (let from = 0; from < bytes.length; from += chunkLength) {
      const chunk = bytes.subarray(from, from + chunkLength);
      crc = crc32(chunk, crc);
      await writeFully(handle, chunk, offset + from);
    }
    written.push({ ...section, offset, crc });
    offset = padded(offset + bytes.length);
  }
  await handle.truncate(offset);
  const header = Buffer.alloc(headerLength, " ");
  headerOf(about, written).copy(header);
  const preamble = Buffer.alloc(preambleLength);
  magic.copy(preamble);
  preamble.writeUInt32LE(header.length, magic.length);
  preamble.writeUInt32LE(crc32(header), magic.length + 4);
  await writeFully(handle, Buffer.concat([preamble, header]), 0);
}

function headerOf(about: unknown, sections: readonly Section[]): Buffer {
  return Buffer.from(JSON.stringify({ about, byteOrder: endianness(), sections }));
}

async function writeFully(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  }
}

/** Takes away what a process that was killed has left half written. */
async function removeLeftovers(path: string): Promise<void> {
  const prefix = `${basename(path)}.`;
  for (const name of await readdir(dirname(path))) {
    if (!name.startsWith(prefix) || !name.endsWith(".tmp")) continue;
    if (!isRunning(Number(name.slice(prefix.length, -".tmp".length))))
      await rm(join(dirname(path), name), { force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Reads what `writeSnapshot` wrote: the arrays are views of one buffer. Null where there is no file; rejects where what is
 * there is not whole to the bit.
 */
export async function readSnapshot(path: string): Promise<SnapshotContent | null> {
  let handle: FileHandle;
  try {
    handle = await open(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    const { size } = await handle.stat();
    const bytes = new Uint8Array(size);
    for (let done = 0; done < size; ) {
      const { bytesRead } = await handle.read(bytes, done, Math.min(chunkLength, size - done), done);
      if (bytesRead === 0) throw new Error("The file became shorter while it was read.");
      done += bytesRead;
    }
    return contentOf(bytes);
  } finally {
    await handle.close();
  }
}

function contentOf(bytes: Uint8Array<ArrayBuffer>): SnapshotContent {
  const preamble = Buffer.from(bytes.buffer, 0, Math.min(preambleLength, bytes.length));
  if (preamble.length < preambleLength || !preamble.subarray(0, magic.length).equals(magic)) {
    throw new Error("The file is not a snapshot.");
  }
  const header = bytes.subarray(preambleLength, preambleLength + preamble.readUInt32LE(magic.length));
  if (crc32(header) !== preamble.readUInt32LE(magic.length + 4)) throw new Error("The header is damaged.");
  const { about, byteOrder, sections } = JSON.parse(Buffer.from(header).toString()) as {
    about: unknown;
    byteOrder: string;
    sections: readonly Section[];
  };
  if (byteOrder !== endianness()) throw new Error("The file was written on another kind of machine.");
  const arrays: Record<string, GrowingArray> = {};
  let end = padded(preambleLength + header.length);
  for (const { name, kind, length, offset, crc } of sections) {
    const byteLength = length * kinds[kind].BYTES_PER_ELEMENT;
    if (offset !== end || offset + byteLength > bytes.length) throw new Error(`The file is cut short at ${name}.`);
    if (crc32(bytes.subarray(offset, offset + byteLength)) !== crc) throw new Error(`${name} is damaged.`);
    arrays[name] = new kinds[kind](bytes.buffer, offset, length);
    end = padded(offset + byteLength);
    if (bytes.subarray(offset + byteLength, end).some((byte) => byte !== 0))
      throw new Error(`The end of ${name} is damaged.`);
  }
  if (end !== bytes.length) throw new Error("The file is longer or shorter than it says.");
  return { about, arrays };
}
