/** The part of the store's contract about documents: keeping, listing, near-duplicates, forgetting. */
import { expect, it } from "vitest";
import type { PreparedDocument, Store } from "../../src/store/store.ts";
import { type DocumentOptions, paragraphs, preparedDocument } from "../support/documents.ts";
import { answerCiting, context } from "./store-conversations.ts";
import { indexOf } from "./store-history.ts";

export function documentsContract(store: () => Store): void {
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

  it("counts current documents, passages and outlets of the collections asked for", async () => {
    const at = (key: string, outlet: string | null, published: string | null, collection = "main") =>
      preparedDocument(key, paragraphs(key, 2), { outlet, published, collection });
    await store().put([
      at("a", "Gazette", "2026-03-05"),
      at("b", "Gazette", "2026-03-07"),
      at("c", "Courier", null),
      at("d", null, "2026-03-01"),
      at("e", "Herald", "2020-01-01", "desk"),
    ]);
    await store().put([at("c", "Courier", "2026-03-09")]);
    expect(await store().counts(["main"])).toEqual({
      documents: 4,
      passages: 8,
      from: "2026-03-01",
      to: "2026-03-09",
      outlets: [
        { outlet: "Gazette", documents: 2 },
        { outlet: null, documents: 1 },
        { outlet: "Courier", documents: 1 },
      ],
    });
    expect(await store().counts(["main", "desk"])).toMatchObject({ documents: 5, from: "2020-01-01" });
    expect(await store().counts([])).toEqual({ documents: 0, passages: 0, from: null, to: null, outlets: [] });
  });

  it("lists the revisions of a document, the newest first", async () => {
    const [first, second] = ["One.", "Two."].map((text, i) =>
      preparedDocument("a", text, { title: `Title ${i + 1}`, outlet: "Gazette", published: `2026-03-0${i + 1}` }),
    );
    await store().put([first!, preparedDocument("b", "Other.")]);
    await store().put([second!]);
    expect(await store().revisions(first!.id)).toEqual([
      { revision: 2, collection: "main", title: "Title 2", outlet: "Gazette", published: "2026-03-02" },
      { revision: 1, collection: "main", title: "Title 1", outlet: "Gazette", published: "2026-03-01" },
    ]);
    await store().forget(first!.id);
    expect(await store().revisions(first!.id)).toEqual([]);
  });

  it("counts what is current in some collections, by outlet, and between which days", async () => {
    const of = (key: string, text: string, options: DocumentOptions = {}) => preparedDocument(key, text, options);
    await store().put([
      of("a", paragraphs("a", 2), { outlet: "Gazette", published: "2026-03-05T09:00:00Z" }),
      of("b", paragraphs("b", 3), { outlet: "Courier", published: "2026-03-04" }),
      of("c", paragraphs("c", 1), { outlet: "Gazette", published: "2026-04" }),
      of("d", paragraphs("d", 1)),
      of("e", paragraphs("e", 1), { collection: "desk", outlet: "Courier", published: "2025-01-01" }),
    ]);
    expect(await store().counts(["main"])).toEqual({
      documents: 4,
      passages: 7,
      from: "2026-03-04",
      to: "2026-04",
      outlets: [
        { outlet: "Gazette", documents: 2 },
        { outlet: null, documents: 1 },
        { outlet: "Courier", documents: 1 },
      ],
    });
    expect(await store().counts(["main", "desk"])).toMatchObject({ documents: 5, from: "2025-01-01" });
    expect((await store().counts(["desk", "main"])).outlets[0]).toEqual({ outlet: "Courier", documents: 2 });
    await store().put([of("b", paragraphs("b", 1), { outlet: "Gazette", published: "2026-05-01" })]);
    await store().forget(of("c", "").id);
    expect(await store().counts(["main"])).toEqual({
      documents: 3,
      passages: 4,
      from: "2026-03-05",
      to: "2026-05-01",
      outlets: [
        { outlet: "Gazette", documents: 2 },
        { outlet: null, documents: 1 },
      ],
    });
    expect(await store().counts([])).toEqual({ documents: 0, passages: 0, from: null, to: null, outlets: [] });
  });

  it("has no document, no collection and sequence 0 at first", async () => {
    expect(await store().document("nothing")).toBeNull();
    expect(await store().collectionsInUse()).toEqual([]);
    expect(await store().sequence()).toBe(0);
    expect((await indexOf(store())).size).toBe(0);
  });
}

export function nearDuplicatesContract(store: () => Store): void {
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

export function forgettingContract(store: () => Store): void {
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
    await store().saveAnswer(answerCiting("cites", a!.id), context, null);
    await store().saveAnswer(
      { ...answerCiting("shows", b!.id), nearest: answerCiting("", a!.id).citations },
      context,
      null,
    );
    await store().saveAnswer(answerCiting("other", b!.id), context, null);
    await store().forget(a!.id);
    expect(await store().answer("cites")).toBeNull();
    expect(await store().answer("shows")).toBeNull();
    expect((await store().answer("other"))?.answer.id).toBe("other");
  });
}
