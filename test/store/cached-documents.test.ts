import { describe, expect, it } from "vitest";
import { cacheDocuments } from "../../src/store/cached-documents.ts";
import { sourceDocument } from "../support/documents.ts";
import { newsroomOver } from "../support/newsroom.ts";

/** A real store with a count of how often a document was read from it. */
async function countedStore(...texts: readonly string[]) {
  const { store, add } = await newsroomOver(texts.map((text, n) => sourceDocument(`${n}`, text)));
  let reads = 0;
  const counted = {
    sequence: () => store.sequence(),
    document: (id: string, revision?: number) => {
      reads++;
      return store.document(id, revision);
    },
  };
  const ids = (await store.documents(["main"], { limit: 99, after: null })).map(({ id }) => id);
  return { store, add, ids, read: cacheDocuments(counted), reads: () => reads };
}

describe("documents kept in memory", () => {
  it("are read from the store once", async () => {
    const { ids, read, reads } = await countedStore("Ships left.", "It rained.");
    const first = await read(ids[0]!, 1);
    expect(first?.text).toBe("Ships left.");
    expect(await read(ids[0]!, 1)).toBe(first);
    expect((await read(ids[1]!, 1))?.text).toBe("It rained.");
    expect(reads()).toBe(2);
  });

  it("are each revision on its own, and null where there is none", async () => {
    const { add, ids, read } = await countedStore("Ships left.");
    expect((await read(ids[0]!, 1))?.text).toBe("Ships left.");
    expect(await read(ids[0]!, 2)).toBeNull();
    await add([sourceDocument("0", "Ships came.")]);
    expect((await read(ids[0]!, 2))?.text).toBe("Ships came.");
    expect((await read(ids[0]!, 1))?.text).toBe("Ships left.");
    expect(await read("unknown", 1)).toBeNull();
  });

  it("are gone as soon as they are forgotten", async () => {
    const { store, ids, read } = await countedStore("Ships left.");
    expect(await read(ids[0]!, 1)).not.toBeNull();
    await store.forget(ids[0]!);
    expect(await read(ids[0]!, 1)).toBeNull();
  });

  it("are only those read last, when there are too many", async () => {
    const { ids, read, reads } = await countedStore(...["a", "b", "c"].map((letter) => letter.repeat(7_000_000)));
    for (const id of ids.slice(0, 2)) await read(id, 1);
    await read(ids[0]!, 1);
    await read(ids[2]!, 1);
    expect(reads()).toBe(3);
    await read(ids[0]!, 1);
    expect(reads()).toBe(3);
    await read(ids[1]!, 1);
    expect(reads()).toBe(4);
  });
});
