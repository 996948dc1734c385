/** What every store keeps to; run over each of them. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Answer, Context } from "../../src/answer/answer.ts";
import type { Runtime } from "../../src/runtime.ts";
import type { Change, IndexedPassage, PreparedDocument, Store } from "../../src/store/store.ts";
import { paragraphs, preparedDocument } from "../support/documents.ts";
import { createTestRuntime, type TestRuntime } from "../support/runtime.ts";

/** Runs the contract over stores that `open` makes: each empty, and of its own. */
export function storeContract(name: string, open: (runtime: Runtime) => Promise<Store>): void {
  describe(`${name} keeps the store's contract`, () => {
    let runtime: TestRuntime;
    let store: Store;
    beforeEach(async () => {
      runtime = createTestRuntime();
      store = await open(runtime);
    });
    afterEach(() => store.close());

    documentsContract(() => store);
    historyContract(
      () => store,
      () => open(runtime),
    );
    nearDuplicatesContract(() => store);
    forgettingContract(() => store);
    conversationsContract(() => store);
    stateContract(
      () => store,
      () => runtime,
    );
  });
}

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

async function indexOf(store: Store): Promise<Map<number, IndexedPassage>> {
  const index = new Map<number, IndexedPassage>();
  for await (const change of store.changes(0)) apply(index, change);
  return index;
}

function documentsContract(store: () => Store): void {
  it("gives a document back unit for unit", async () => {
    const text = "\tA “quoted” line.\r\n\r\nE\u0301mile 👩‍👩‍👧 met שלום عليكم.\r\nNUL \0 and \u2028 stay.\n";
    const kept = preparedDocument("a.txt", text, {
      excluded: [{ start: 1, end: 5 }],
      outlet: "The Gazette",
      published: "2010-11-28",
      dateline: "GENEVA",
      origin: "Reuters",
      source: "a.txt",
      url: "https://example.org/a",
    });
    await store().put([kept]);
    expect(await store().document(kept.id)).toEqual({
      id: kept.id,
      revision: 1,
      collection: "main",
      meta: kept.source.meta,
      text,
      excluded: kept.source.excluded,
      hash: kept.hash,
      nearDuplicateOf: null,
    });
  });

  it("changes nothing when the same document comes twice", async () => {
    const kept = preparedDocument("a.txt", "The same words.");
    await store().put([kept]);
    const before = await store().sequence();
    expect(await store().put([kept, kept])).toEqual(
      Array(2).fill({ id: kept.id, revision: 1, outcome: "unchanged", nearDuplicateOf: null }),
    );
    expect(await store().sequence()).toBe(before);
  });

  it("makes a revision of a changed document and keeps the old one readable", async () => {
    const first = preparedDocument("a.txt", "Twelve people were hurt.");
    const second = preparedDocument("a.txt", "Fourteen people were hurt.");
    await store().put([first]);
    expect((await store().put([second]))[0]).toMatchObject({ id: first.id, revision: 2, outcome: "revised" });
    expect((await store().document(first.id))?.text).toBe("Fourteen people were hurt.");
    expect((await store().document(first.id, 1))?.text).toBe("Twelve people were hurt.");
    expect(await store().document(first.id, 3)).toBeNull();
    expect([...(await indexOf(store())).values()].map(({ body, revision }) => [body, revision])).toEqual([
      ["Fourteen people were hurt.", 2],
    ]);
  });

  it("gives the hashes of what is kept, by id", async () => {
    const [a, b, c] = ["a", "b", "c"].map((key) => preparedDocument(key, `Text of ${key}.`));
    await store().put([a!, b!]);
    expect(await store().hashes([b!.id, c!.id, a!.id])).toEqual(new Map([a!, b!].map(({ id, hash }) => [id, hash])));
    const revised = preparedDocument("a", "Other.");
    await store().put([revised]);
    await store().forget(b!.id);
    expect(await store().hashes([a!.id, b!.id])).toEqual(new Map([[a!.id, revised.hash]]));
    expect(await store().hashes([])).toEqual(new Map());
  });

  it("makes a third revision of a document that goes back to its first text", async () => {
    const first = preparedDocument("a.txt", "One.");
    await store().put([first]);
    await store().put([preparedDocument("a.txt", "Two.")]);
    expect((await store().put([first]))[0]).toMatchObject({ revision: 3, outcome: "revised" });
  });

  it("keeps all of a batch or nothing of it", async () => {
    const kept = preparedDocument("a.txt", "Kept.");
    await store().put([kept]);
    const stranger: PreparedDocument = { ...preparedDocument("elsewhere/a.txt", "Another."), id: kept.id };
    await expect(store().put([preparedDocument("b.txt", "New."), stranger])).rejects.toMatchObject({
      code: "bad-document",
    });
    expect(await store().documents(["main"], { limit: 9, after: null })).toHaveLength(1);
    expect((await store().document(kept.id))?.text).toBe("Kept.");
    expect(await store().sequence()).toBe(1);
  });

  it("lists current documents by id, a page at a time, of the collections asked for", async () => {
    const kept = [..."cabd"].map((key) =>
      preparedDocument(key, `${paragraphs(key, 2)}`, { outlet: `Outlet ${key}`, published: "2010-11-29" }),
    );
    await store().put([...kept, preparedDocument("e", "Elsewhere.", { collection: "desk" })]);
    const ids = kept.map(({ id }) => id).sort();
    const first = await store().documents(["main"], { limit: 3, after: null });
    expect(first.map(({ id }) => id)).toEqual(ids.slice(0, 3));
    expect(first[0]).toEqual({
      id: ids[0],
      revision: 1,
      collection: "main",
      title: "Title of a",
      outlet: "Outlet a",
      published: "2010-11-29",
      url: null,
      nearDuplicateOf: null,
      passages: 2,
    });
    const second = await store().documents(["main"], { limit: 3, after: first.at(-1)!.id });
    expect(second.map(({ id }) => id)).toEqual(ids.slice(3));
    expect(await store().documents(["main", "desk"], { limit: 9, after: null })).toHaveLength(5);
    expect(await store().documents([], { limit: 9, after: null })).toEqual([]);
    expect(await store().collectionsInUse()).toEqual(["desk", "main"]);
  });

  it("has no document, no collection and sequence 0 at first", async () => {
    expect(await store().document("nothing")).toBeNull();
    expect(await store().collectionsInUse()).toEqual([]);
    expect(await store().sequence()).toBe(0);
    expect(await collect(store().changes(0))).toEqual([]);
  });
}

function historyContract(store: () => Store, open: () => Promise<Store>): void {
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

function nearDuplicatesContract(store: () => Store): void {
  const wire = paragraphs("wire", 10);
  const trimmed = paragraphs("wire", 9);
  const nearOf = async (id: string) => (await store().document(id))?.nearDuplicateOf;

  it("knows the same text under another path as a near-duplicate of the earlier one", async () => {
    const [a, b, c] = ["a", "b", "c"].map((key) => preparedDocument(key, wire));
    const outcomes = [...(await store().put([a!, b!])), ...(await store().put([c!]))];
    expect(outcomes.map(({ nearDuplicateOf }) => nearDuplicateOf)).toEqual([null, a!.id, a!.id]);
    expect((await store().documents(["main"], { limit: 9, after: null })).map((d) => d.nearDuplicateOf)).toEqual([
      null,
      a!.id,
      a!.id,
    ]);
    expect((await store().put([c!]))[0]).toMatchObject({ outcome: "unchanged", nearDuplicateOf: a!.id });
  });

  it("knows a trimmed copy, and not a text that shares a paragraph", async () => {
    const shares = `${wire.split("\n\n")[0]}\n\n${paragraphs("other", 9)}`;
    const [a, b, c] = [wire, trimmed, shares].map((text, i) => preparedDocument(`${i}`, text));
    await store().put([a!, b!, c!]);
    expect([await nearOf(b!.id), await nearOf(c!.id)]).toEqual([a!.id, null]);
  });

  it("compares the articles, not the advertising in them", async () => {
    const advert = paragraphs("advert", 10);
    const text = `${wire}\n\n${advert}`;
    const excluded = [{ start: wire.length + 2, end: text.length }];
    await store().put([preparedDocument("a", wire), preparedDocument("b", text, { excluded })]);
    expect(await nearOf(preparedDocument("b", "").id)).toBe(preparedDocument("a", "").id);
  });

  it("keeps collections apart", async () => {
    const b = preparedDocument("b", wire, { collection: "desk" });
    await store().put([preparedDocument("a", wire), b]);
    expect(await nearOf(b.id)).toBeNull();
  });

  it("settles anew when the earliest copy is revised or forgotten", async () => {
    const [a, b, c] = ["a", "b", "c"].map((key) => preparedDocument(key, wire));
    await store().put([a!, b!, c!]);
    await store().put([preparedDocument("a", paragraphs("another", 10))]);
    expect([await nearOf(a!.id), await nearOf(b!.id), await nearOf(c!.id)]).toEqual([null, null, b!.id]);
    await store().put([a!]);
    expect([await nearOf(a!.id), await nearOf(b!.id), await nearOf(c!.id)]).toEqual([null, a!.id, a!.id]);
    await store().forget(a!.id);
    expect([await nearOf(b!.id), await nearOf(c!.id)]).toEqual([null, b!.id]);
  });
}

function forgettingContract(store: () => Store): void {
  it("forgets a document, its revisions and its passages", async () => {
    const kept = preparedDocument("a", "First.");
    await store().put([kept, preparedDocument("b", "Stays.")]);
    await store().put([preparedDocument("a", "Second.")]);
    expect(await store().forget(kept.id)).toBe(true);
    for (const revision of [undefined, 1, 2]) expect(await store().document(kept.id, revision)).toBeNull();
    expect([...(await indexOf(store())).values()].map(({ body }) => body)).toEqual(["Stays."]);
    expect(await store().documents(["main"], { limit: 9, after: null })).toHaveLength(1);
  });

  it("says when there is nothing to forget", async () => {
    expect(await store().forget("nothing")).toBe(false);
    expect(await store().sequence()).toBe(0);
  });

  it("leaves no collection in use that holds nothing", async () => {
    const kept = preparedDocument("a", "First.");
    await store().put([kept]);
    await store().forget(kept.id);
    expect(await store().collectionsInUse()).toEqual([]);
  });

  it("does not reuse the revisions of a document that comes back", async () => {
    const kept = preparedDocument("a", "First.");
    await store().put([kept]);
    await store().forget(kept.id);
    expect((await store().put([preparedDocument("a", "Other.")]))[0]).toMatchObject({ revision: 2, outcome: "added" });
    expect(await store().document(kept.id, 1)).toBeNull();
    await store().forget(kept.id);
    expect((await store().put([kept]))[0]).toMatchObject({ revision: 3, outcome: "added" });
  });

  it("forgets the answers that quote the document, and no other", async () => {
    const [a, b] = ["a", "b"].map((key) => preparedDocument(key, `Text of ${key}.`));
    await store().put([a!, b!]);
    await store().saveAnswer(answerCiting("cites", a!.id), context);
    await store().saveAnswer({ ...answerCiting("shows", b!.id), nearest: answerCiting("", a!.id).citations }, context);
    await store().saveAnswer(answerCiting("other", b!.id), context);
    await store().forget(a!.id);
    expect(await store().answer("cites")).toBeNull();
    expect(await store().answer("shows")).toBeNull();
    expect((await store().answer("other"))?.answer.id).toBe("other");
  });
}

const context: Context = {
  topic: ["religious", "freedom"],
  speaker: "the cable",
  outlet: null,
  period: { from: "2010-01-01", to: "2010-12-31" },
  answerId: "a-1",
};

function answerCiting(id: string, document: string): Answer {
  return {
    id,
    question: "What did it say?",
    status: "answered",
    claims: [{ text: "It said so.", speaker: null, citations: [1], variants: [] }],
    citations: [
      {
        n: 1,
        document,
        revision: 1,
        title: "T",
        outlet: null,
        published: null,
        url: null,
        quote: "q",
        start: 0,
        end: 1,
      },
    ],
    nearest: [],
    searched: { documents: 1, passages: 1 },
  };
}

function conversationsContract(store: () => Store): void {
  it("keeps answers with their context", async () => {
    const answer = answerCiting("a-1", "document");
    expect(await store().answer("a-1")).toBeNull();
    await store().saveAnswer(answer, context);
    await store().saveAnswer(answer, { ...context, outlet: "Gazette" });
    expect(await store().answer("a-1")).toEqual({ answer, context: { ...context, outlet: "Gazette" } });
  });

  it("keeps one context a thread, the last one", async () => {
    expect(await store().context("thread")).toBeNull();
    await store().saveContext("thread", context);
    await store().saveContext("thread", { ...context, speaker: null });
    await store().saveContext("other", context);
    expect(await store().context("thread")).toEqual({ ...context, speaker: null });
  });

  it("takes verdicts, also from somebody unknown, also twice", async () => {
    await store().saveFeedback({ answerId: "a-1", asker: "ann", verdict: "good" }, 1);
    await store().saveFeedback({ answerId: "a-1", asker: "ann", verdict: "bad" }, 2);
    await store().saveFeedback({ answerId: "a-1", asker: null, verdict: "bad" }, 3);
  });
}

function stateContract(store: () => Store, runtime: () => TestRuntime): void {
  it("keeps what a workspace and a channel may see, each for itself", async () => {
    expect(await store().allowed("slack", "w", null)).toBeNull();
    await store().allow("slack", "w", null, ["main", "desk"]);
    await store().allow("slack", "w", "c", []);
    expect(await store().allowed("slack", "w", null)).toEqual(["main", "desk"]);
    expect(await store().allowed("slack", "w", "c")).toEqual([]);
    expect(await store().allowed("slack", "w", "d")).toBeNull();
    expect(await store().allowed("discord", "w", null)).toBeNull();
    await store().allow("slack", "w", null, ["main"]);
    expect(await store().allowed("slack", "w", null)).toEqual(["main"]);
    expect(await store().permissions()).toEqual([
      { adapter: "slack", workspace: "w", channel: null, collections: ["main"] },
      { adapter: "slack", workspace: "w", channel: "c", collections: [] },
    ]);
  });

  it("keeps an adapter's value once, until it expires or is removed", async () => {
    const state = store().adapterState("slack");
    expect(await state.putOnce("event", "first", 1000)).toBe(true);
    expect(await state.putOnce("event", "second", 1000)).toBe(false);
    expect(await state.get("event")).toBe("first");
    runtime().pass(999);
    expect(await state.get("event")).toBe("first");
    runtime().pass(1);
    expect(await state.get("event")).toBeNull();
    expect(await state.putOnce("event", "third", 1000)).toBe(true);
    await state.remove("event");
    expect(await state.get("event")).toBeNull();
    expect(await state.putOnce("event", "fourth", 1000)).toBe(true);
  });

  it("keeps an adapter's names from the others", async () => {
    await store().adapterState("slack").putOnce("key", "value", 1000);
    expect(await store().adapterState("discord").get("key")).toBeNull();
    await store().adapterState("discord").remove("key");
    expect(await store().adapterState("slack").get("key")).toBe("value");
  });
}
