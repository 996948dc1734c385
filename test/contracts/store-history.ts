/** The part of the store's contract that an index lives by: numbers, changes, fingerprints. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Change, IndexedPassage, Store } from "../../src/store/store.ts";
import { paragraphs, preparedDocument } from "../support/documents.ts";

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** The passages a reader holds after taking changes, by number. */
function apply(index: Map<number, IndexedPassage>, change: Change): void {
  if (change.kind === "add") for (const passage of change.passages) index.set(passage.number, passage);
  else for (let number = change.first; number <= change.last; number++) index.delete(number);
}

export async function indexOf(store: Store): Promise<Map<number, IndexedPassage>> {
  const index = new Map<number, IndexedPassage>();
  for await (const change of store.changes(0)) apply(index, change);
  return index;
}

export function historyContract(store: () => Store, open: () => Promise<Store>): void {
  it("numbers the passages of a revision in a row, upwards, and never twice", async () => {
    const used = new Set<number>();
    let highest = 0;
    for (const round of ["one", "two", "three"]) {
      const kept = preparedDocument("a.txt", paragraphs(round, 3));
      await store().put([kept]);
      const numbers = [...(await indexOf(store())).keys()];
      expect(numbers).toEqual([numbers[0], numbers[0]! + 1, numbers[0]! + 2]);
      expect(numbers[0]).toBeGreaterThan(highest);
      for (const number of numbers) used.add(number);
      highest = numbers[2]!;
      if (round === "two") await store().forget(kept.id);
    }
    expect(used.size).toBe(9);
  });

  it("gives an index all it needs of a passage, with what is excluded blanked", async () => {
    const text = "Before the advert. BUY NOW! After the advert.";
    const advert = { start: text.indexOf("BUY"), end: text.indexOf("BUY") + "BUY NOW!".length };
    const cut = { start: 0, end: text.length };
    const kept = preparedDocument("a", text, { excluded: [advert], outlet: "Gazette", published: "2010", title: "T" });
    await store().put([{ ...kept, passages: [cut] }]);
    expect([...(await indexOf(store())).values()]).toEqual([
      {
        number: 1,
        document: kept.id,
        revision: 1,
        ...cut,
        collection: "main",
        outlet: "Gazette",
        published: "2010",
        language: "en",
        title: "T",
        body: "Before the advert.          After the advert.",
      },
    ]);
  });

  it("tells a reader what was added and removed since, in order", async () => {
    const [a, b, c] = ["a", "b", "c"].map((key) => preparedDocument(key, paragraphs(key, 2)));
    await store().put([a!, b!]);
    const since = await store().sequence();
    await store().put([c!, preparedDocument("a", paragraphs("revised", 3))]);
    await store().forget(b!.id);
    const changes = await collect(store().changes(since));
    const steps = changes.map((change) =>
      change.kind === "add" ? change.passages.map((p) => p.document) : [change.first, change.last],
    );
    expect(steps).toEqual([
      [c!.id, c!.id],
      [1, 2],
      [a!.id, a!.id, a!.id],
      [3, 4],
    ]);
    const sequences = changes.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...sequences].sort((x, y) => x - y));
    expect(sequences.at(-1)).toBe(await store().sequence());
  });

  it("leaves out what came and went since", async () => {
    const passing = preparedDocument("passing", "Here and gone.");
    await store().put([passing]);
    await store().forget(passing.id);
    expect(await collect(store().changes(0))).toEqual([]);
    expect(await store().sequence()).toBeGreaterThan(1);
  });

  it("hands over a long document in bounded batches, between which a reader may stop", async () => {
    const kept = preparedDocument("long", paragraphs("long", 5000));
    await store().put([kept]);
    const changes = await collect(store().changes(0));
    const sizes = changes.map((change) => (change.kind === "add" ? change.passages.length : 0));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(4096);
    expect(sizes.length).toBeGreaterThan(1);
    const rest = await collect(store().changes(changes[0]!.sequence));
    expect(rest).toEqual(changes.slice(1));
  });

  it("removes only what a reader had who stopped inside a document", async () => {
    const kept = preparedDocument("long", paragraphs("long", 5000));
    await store().put([kept]);
    const [first] = await collect(store().changes(0));
    await store().forget(kept.id);
    const sequence = await store().sequence();
    expect(await collect(store().changes(first!.sequence))).toEqual([
      { kind: "remove", sequence, first: 1, last: first!.sequence },
    ]);
  });

  it("lets a corpus change while a reader reads", async () => {
    await store().put([preparedDocument("long", paragraphs("long", 5000))]);
    const index = new Map<number, IndexedPassage>();
    let at = 0;
    for await (const change of store().changes(0)) {
      if (at === 0) await store().put([preparedDocument("long", "Short now."), preparedDocument("new", "New.")]);
      apply(index, change);
      at = change.sequence;
    }
    for await (const change of store().changes(at)) apply(index, change);
    expect(index).toEqual(await indexOf(store()));
    expect(index.size).toBe(2);
  });

  it("has one fingerprint for one corpus, whatever the order it came in", async () => {
    const documents = ["a", "b", "c"].map((key) => preparedDocument(key, `Text of ${key}.`));
    const elsewhere = preparedDocument("d", "Elsewhere.", { collection: "desk" });
    const empty = await store().fingerprint(["main"]);
    await store().put(documents);
    const fingerprint = await store().fingerprint(["main"]);
    const other = await open();
    await other.put([elsewhere, documents[2]!]);
    expect(await other.fingerprint(["main"])).not.toBe(fingerprint);
    await other.put([documents[0]!, documents[1]!]);
    expect(await other.fingerprint(["main"])).toBe(fingerprint);
    expect(await other.fingerprint(["main", "main"])).toBe(fingerprint);
    expect(await other.fingerprint(["main", "desk"])).not.toBe(fingerprint);
    expect(await other.fingerprint(["desk", "main"])).toBe(await other.fingerprint(["main", "desk"]));
    for (const { id } of documents) await other.forget(id);
    expect(await other.fingerprint(["main"])).toBe(empty);
    await other.close();
  });

  it("has another fingerprint after a revision", async () => {
    await store().put([preparedDocument("a", "One.")]);
    const before = await store().fingerprint(["main"]);
    await store().put([preparedDocument("a", "Two.")]);
    expect(await store().fingerprint(["main"])).not.toBe(before);
  });

  it("brings a reader who follows it, however it stops and goes on, to the current passages", async () => {
    const key = fc.constantFrom("a", "b", "c", "d", "e");
    const step = fc.oneof(
      fc.record({ do: fc.constant("put" as const), documents: fc.array(fc.tuple(key, fc.nat(3), fc.nat(4))) }),
      fc.record({ do: fc.constant("forget" as const), key }),
      fc.record({ do: fc.constant("follow" as const), changes: fc.nat(4) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const tried = await open();
        const index = new Map<number, IndexedPassage>();
        let at = 0;
        const follow = async (limit: number) => {
          const end = await tried.sequence();
          let taken = 0;
          for await (const change of tried.changes(at)) {
            if (taken++ === limit) return;
            expect(change.sequence).toBeGreaterThan(at);
            apply(index, change);
            at = change.sequence;
          }
          at = end;
        };
        for (const step of steps) {
          if (step.do === "put")
            await tried.put(
              step.documents.map(([key, text, count]) => preparedDocument(key, paragraphs(`${text}`, count))),
            );
          else if (step.do === "forget") await tried.forget(preparedDocument(step.key, "").id);
          else await follow(step.changes);
        }
        await follow(Number.POSITIVE_INFINITY);
        expect(index).toEqual(await indexOf(tried));
        await expectConsistent(tried, index);
        await tried.close();
      }),
      { numRuns: 60 },
    );
  });
}

/** The index agrees with the documents: every passage a slice of its document's current text, none missing. */
async function expectConsistent(store: Store, index: ReadonlyMap<number, IndexedPassage>): Promise<void> {
  const counts = new Map<string, number>();
  for (const passage of index.values()) {
    const document = await store.document(passage.document);
    expect(document?.revision).toBe(passage.revision);
    expect(document?.text.slice(passage.start, passage.end)).toBe(passage.body);
    counts.set(passage.document, (counts.get(passage.document) ?? 0) + 1);
  }
  for (const { id, passages } of await store.documents(["main"], { limit: 1000, after: null }))
    expect(counts.get(id) ?? 0).toBe(passages);
}
