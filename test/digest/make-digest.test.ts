import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Arrivals, digestTime, openArrivals } from "../support/arrivals.ts";
import { preparedDocument } from "../support/documents.ts";
import { readLabelledItems } from "../support/labelled-items.ts";

const hourMs = 3_600_000;
const fire = "A fire destroyed the fish market of Elmouth on Monday night. Nobody was hurt, the fire service said.";
const vote = "The council of Ardal voted on Monday to close its swimming pool. It costs two million crowns a year.";
const bridge = "Engineers reopened the Torre bridge in Sund after ten months of repairs on its southern pier.";

describe("the window of a digest", () => {
  let arrivals: Arrivals;
  beforeEach(async () => {
    arrivals = await openArrivals();
  });
  afterEach(() => arrivals.store.close());

  it("holds what came in after its beginning and up to its end, whenever that was published", async () => {
    await arrivals.arrive(digestTime - 24 * hourMs, "Post", "Too early", fire);
    await arrivals.arrive(digestTime - 24 * hourMs + 1, "Post", "Just in time", vote);
    await arrivals.arrive(digestTime, "Post", "At the last moment", bridge, { published: "2026-11-01T10:00:00Z" });
    await arrivals.arrive(digestTime + 1, "Post", "Too late", `${bridge} Later.`);
    const { stories, arrived } = await arrivals.make();
    expect(stories.map(({ headline }) => headline.title).sort()).toEqual(["At the last moment", "Just in time"]);
    expect(arrived).toEqual({ documents: 2, outlets: 1 });
  });

  it("is no news again when a document is revised", async () => {
    await arrivals.store.put([preparedDocument("kept", fire)]);
    await arrivals.arrive("10:00", "Post", "Another", vote);
    await arrivals.store.put([preparedDocument("kept", `${fire} Corrected.`)]);
    expect((await arrivals.make()).stories.map(({ headline }) => headline.title)).toEqual(["Another"]);
  });

  it("leaves out what was published long before, and says so", async () => {
    await arrivals.arrive("10:00", "Post", "From the archive", fire, { published: "2026-10-01" });
    const { stories, leftOut } = await arrivals.make();
    expect(stories).toEqual([]);
    expect(leftOut).toMatchObject([{ title: "From the archive", reason: "old" }]);
  });

  it("leaves out what was ingested without a date: an archive is no news", async () => {
    await arrivals.arrive("10:00", "Post", "A note", fire, { published: null });
    const { stories, leftOut } = await arrivals.make();
    expect(stories).toEqual([]);
    expect(leftOut).toMatchObject([{ title: "A note", reason: "undated" }]);
  });

  it("leaves out what was there when its feed was added", async () => {
    const document = preparedDocument("item", fire, { title: "There already", outlet: "Post" });
    await arrivals.arrive("09:00", "Post", "New", vote);
    const item = {
      item: "1",
      hash: "00".repeat(16),
      twin: null,
      document: document.id,
      publishedAt: null,
      articleTries: 0,
    };
    await arrivals.store.keepItems("feed", [{ ...item, firstSeenAt: digestTime - hourMs, baseline: true }], [document]);
    const { stories, leftOut } = await arrivals.make();
    expect(stories.map(({ headline }) => headline.title)).toEqual(["New"]);
    expect(leftOut).toMatchObject([{ title: "There already", reason: "baseline" }]);
  });

  it("sees only collections that the place may see, and never the starter corpus", async () => {
    await arrivals.arrive("10:00", "Post", "Secret", fire, { collection: "desk" });
    await arrivals.arrive("10:00", "Post", "Starter", vote, { collection: "starter" });
    expect(await arrivals.make({ collections: ["main", "starter"] })).toMatchObject({ stories: [], leftOut: [] });
    expect((await arrivals.make({ collections: ["desk"] })).stories).toMatchObject([{ headline: { title: "Secret" } }]);
  });

  it("keeps to the outlets asked for, however their names are written", async () => {
    await arrivals.arrive("10:00", "Harbour Post", "Ours", fire);
    await arrivals.arrive("10:00", "The Courier", "Theirs", vote);
    const { stories, leftOut } = await arrivals.make({ outlets: ["harbour post"] });
    expect(stories).toMatchObject([{ headline: { title: "Ours" } }]);
    expect(leftOut).toMatchObject([{ title: "Theirs", reason: "other-outlet" }]);
  });
});

describe("what a digest tells", () => {
  let arrivals: Arrivals;
  beforeEach(async () => {
    arrivals = await openArrivals();
  });
  afterEach(() => arrivals.store.close());

  it("puts what more outlets report independently first; one wire text counts once", async () => {
    const wire = "A storm tore the roof off the town hall of Vik on Monday, the mayor said. Sixty people worked there.";
    for (const outlet of ["Agency", "Herald", "Star", "Bulletin"])
      await arrivals.arrive("10:00", outlet, "Storm hits Vik", wire);
    await arrivals.arrive("09:00", "Post", "Fish market of Elmouth burns down", fire);
    await arrivals.arrive(
      "09:30",
      "Courier",
      "Elmouth loses its fish market",
      "The fish market of Elmouth burned down overnight in a fire.",
    );
    const { stories } = await arrivals.make();
    expect(stories.map(({ headline, score }) => [headline.title, score.independent])).toEqual([
      ["Fish market of Elmouth burns down", 2],
      ["Storm hits Vik", 1],
    ]);
    expect(stories[1]!.alsoIn.map(({ outlet, copyOf }) => [outlet, copyOf])).toEqual(
      ["Herald", "Star", "Bulletin"].map((outlet) => [outlet, stories[1]!.headline.document]),
    );
  });

  it("tells only what is on the channel's topics, in any inflection, and names what else is big", async () => {
    await arrivals.arrive("10:00", "Post", "Fish market burns down in Elmouth", fire);
    await arrivals.arrive(
      "10:05",
      "Star",
      "Elmouth's fish market burns",
      "A fire burned down the fish market in Elmouth overnight.",
    );
    await arrivals.arrive("10:10", "Courier", "Council votes to close pool in Ardal", vote);
    await arrivals.arrive("10:20", "Courier", "Torre bridge in Sund reopens", bridge);
    const { stories, brief, leftOut } = await arrivals.make({ topics: ["council voting"] });
    expect(stories.map(({ headline, score }) => [headline.title, score.matched])).toEqual([
      ["Council votes to close pool in Ardal", ["council voting"]],
    ]);
    expect(brief).toMatchObject([{ reason: "off-topic", documents: { length: 2 } }]);
    expect(leftOut).toMatchObject([{ title: "Torre bridge in Sund reopens", reason: "off-topic" }]);
  });

  it("only names what holds no sentence to quote", async () => {
    await arrivals.arrive("10:00", "Post", "Pictures of the day", "In pictures: the day …");
    const digest = await arrivals.make();
    expect(digest).toMatchObject({ stories: [], leftOut: [], citations: [] });
    expect(digest.brief).toMatchObject([{ headline: { title: "Pictures of the day" }, reason: "nothing-to-quote" }]);
  });

  it("says nothing of what else is big where nothing is on the channel's topics", async () => {
    await arrivals.arrive("10:00", "Post", "Fish market burns down in Elmouth", fire);
    await arrivals.arrive(
      "10:05",
      "Star",
      "Elmouth's fish market burns",
      "A fire burned down the fish market in Elmouth.",
    );
    const { stories, brief, leftOut } = await arrivals.make({ topics: ["chess"] });
    expect([stories, brief]).toEqual([[], []]);
    expect(leftOut.map(({ reason }) => reason)).toEqual(["off-topic", "off-topic"]);
  });

  it("accounts for every document once, and quotes each citation exactly", async () => {
    await arrivals.arriveItems(readLabelledItems("held-out").items);
    const window = { since: Date.UTC(2026, 10, 5), until: Date.UTC(2026, 10, 7) };
    const digest = await arrivals.make({ window });
    const named = [...digest.stories, ...digest.brief].flatMap(({ documents }) => documents);
    const all = [...named, ...digest.leftOut.map(({ document }) => document)];
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBe(digest.arrived.documents);
    expect(digest.stories).toHaveLength(7);
    expect(digest.brief).toHaveLength(5);
    for (const { document, revision, quote, start, end } of digest.citations)
      expect((await arrivals.store.document(document, revision))?.text.slice(start, end)).toBe(quote);
    for (const story of digest.stories) {
      expect(story.keySentences.length).toBeGreaterThan(0);
      const cited = [
        ...story.keySentences,
        ...story.disagreements.flatMap(({ sides }) => sides.map((side) => side.citation)),
      ];
      for (const n of cited) expect(story.documents).toContain(digest.citations[n - 1]!.document);
      for (const { sides } of story.disagreements)
        for (const { citation, text } of sides) expect(digest.citations[citation - 1]!.quote).toContain(text);
    }
  });

  it("is the same whatever the order in which documents of one time came in", async () => {
    const { items } = readLabelledItems("development");
    await arrivals.arriveItems(items);
    const other = await openArrivals();
    await other.arriveItems(items.toReversed());
    expect(await other.make()).toEqual(await arrivals.make());
    await other.store.close();
  });

  it("stops when it is told to", async () => {
    await arrivals.arrive("10:00", "Post", "Fire", fire);
    const request = {
      id: null,
      window: { since: 0, until: digestTime },
      collections: ["main"],
      topics: [],
      outlets: [],
      timeZone: "UTC",
    };
    await expect(arrivals.digests.make(request, AbortSignal.abort())).rejects.toThrow();
  });
});
