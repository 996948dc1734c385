/** Keeps each document's `near`: the earliest of its collection that carries nearly the same text. */
import { blankExcluded } from "../corpus/excluded.ts";
import {
  bandsOf,
  mayBeNearDuplicates,
  nearDuplicateResemblance,
  resemblance,
  shingleSetOf,
} from "../corpus/near-duplicates.ts";
import type { Connection } from "./connection.ts";
import { unpackSpans } from "./spans.ts";

/** How many of the earliest documents of a band are looked at: a band may be common, as that of a standing footer. */
const candidatesInBand = 8;

/** All of these run inside a transaction of the caller. Documents are named by their row; rows grow with time. */
export interface NearDuplicates {
  /** Compares a document that was added, or whose text has changed, with the others; keeps and returns its `near`. */
  added(row: number, collection: number, signature: Int32Array): number | null;
  revised(row: number, collection: number, before: Int32Array, signature: Int32Array): number | null;
  /** To be called before the document's row is gone; returns those to `settle` when it is. */
  leaving(row: number, collection: number, signature: Int32Array): readonly number[];
  settle(rows: readonly number[]): void;
}

interface Candidate {
  readonly row: number;
  readonly near: number | null;
  readonly signature: Int32Array;
}

export function createNearDuplicates({ database }: Connection): NearDuplicates {
  const putBand = database.prepare("INSERT INTO bands (band, collection, document) VALUES (?, ?, ?)");
  const removeBand = database.prepare("DELETE FROM bands WHERE band = ? AND collection = ? AND document = ?");
  const inBand = (order: string) =>
    database.prepare(
      `SELECT document FROM bands WHERE band = ? AND collection = ? AND document ${order} LIMIT ${candidatesInBand}`,
    );
  const earlierInBand = inBand("< ? ORDER BY document");
  const laterInBand = inBand("> ? ORDER BY document");
  const readDocument = database.prepare("SELECT row, near, collection, signature FROM documents WHERE row = ?");
  const readText = database.prepare(
    "SELECT r.excluded, r.text FROM documents d JOIN revisions r ON r.sequence = d.current WHERE d.row = ?",
  );
  const readDependents = database.prepare("SELECT row FROM documents WHERE near = ?");
  const setNear = database.prepare("UPDATE documents SET near = ? WHERE row = ?");

  const document = (row: number) => {
    const found = readDocument.get(row) as { near: number | null; collection: number; signature: Uint8Array };
    return { row, near: found.near, collection: found.collection, signature: unpackSignature(found.signature) };
  };

  /** Documents that share a band and may be near enough, in the order of their rows. */
  const candidates = (query: typeof earlierInBand, row: number, collection: number, signature: Int32Array) => {
    const rows = new Set<number>();
    for (const band of bandsOf(signature))
      for (const found of query.all(band, collection, row) as { document: number }[]) rows.add(found.document);
    return [...rows]
      .sort((a, b) => a - b)
      .map((other): Candidate => document(other))
      .filter((other) => mayBeNearDuplicates(signature, other.signature));
  };

  const shingles = (row: number) => {
    const found = readText.get(row) as { excluded: Uint8Array; text: string };
    return shingleSetOf(blankExcluded(found.text, 0, found.text.length, unpackSpans(found.excluded)));
  };

  const settleOne = (row: number, collection: number, signature: Int32Array): number | null => {
    const others = candidates(earlierInBand, row, collection, signature);
    const own = others.length > 0 ? shingles(row) : null;
    const near = others.find((other) => resemblance(own!, shingles(other.row)) >= nearDuplicateResemblance);
    setNear.run(near?.row ?? null, row);
    return near?.row ?? null;
  };

  const settle = (rows: readonly number[]) => {
    for (const row of rows) {
      const { collection, signature } = document(row);
      settleOne(row, collection, signature);
    }
  };

  /** Later documents that resemble this one, and no earlier one, are near it. */
  const claimLater = (row: number, collection: number, signature: Int32Array) => {
    const others = candidates(laterInBand, row, collection, signature).filter(
      ({ near }) => near === null || near > row,
    );
    const own = others.length > 0 ? shingles(row) : null;
    for (const other of others)
      if (resemblance(own!, shingles(other.row)) >= nearDuplicateResemblance) setNear.run(row, other.row);
  };

  const dependents = (row: number) => (readDependents.all(row) as { row: number }[]).map((found) => found.row);

  const withdraw = (row: number, collection: number, signature: Int32Array) => {
    for (const band of bandsOf(signature)) removeBand.run(band, collection, row);
  };

  const added = (row: number, collection: number, signature: Int32Array) => {
    for (const band of bandsOf(signature)) putBand.run(band, collection, row);
    return settleOne(row, collection, signature);
  };

  return {
    added,
    revised: (row, collection, before, signature) => {
      withdraw(row, collection, before);
      const near = added(row, collection, signature);
      settle(dependents(row));
      claimLater(row, collection, signature);
      return near;
    },
    leaving: (row, collection, signature) => {
      withdraw(row, collection, signature);
      return dependents(row);
    },
    settle,
  };
}

/** A signature as the store keeps it: 32-bit numbers in the machine's order made little-endian. */
export function packSignature(signature: Int32Array): Uint8Array {
  const bytes = new Uint8Array(signature.length * 4);
  const view = new DataView(bytes.buffer);
  signature.forEach((value, i) => {
    view.setInt32(i * 4, value, true);
  });
  return bytes;
}

export function unpackSignature(bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Int32Array.from({ length: bytes.byteLength / 4 }, (_, i) => view.getInt32(i * 4, true));
}
