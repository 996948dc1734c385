import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { plainTheme, renderPlainText } from "../../src/reply/plain-text.ts";
import type { Reply, ReplyPart } from "../../src/reply/reply.ts";
import { type Arrivals, digestTime, openArrivals } from "../support/arrivals.ts";

const shown = (part: ReplyPart) => renderPlainText(part, { width: 100, theme: plainTheme });
/** Without addresses, which stand on lines of their own. */
const words = (reply: Reply | null) => shown(reply!.main).replace(/\n *https?:\S*/g, "");

const wire =
  "At least 12 people were injured when a ferry hit the quay of Elmouth on Monday, the fire service said. The ferry is five years old.";

/** Four reports of one accident, and one of something else. */
async function fill({ arrive }: Arrivals): Promise<void> {
  await arrive("10:00", "Agency", "Ferry hits quay of Elmouth, 12 injured", wire);
  await arrive("10:30", "Star", "Ferry hits quay in Elmouth", wire.replace("on Monday", "Monday"));
  await arrive(
    "12:00",
    "Elmouth Gazette",
    "Captain of Elmouth ferry lost control of engine",
    "The captain of the ferry that hit the quay of Elmouth had lost control of the engine. 15 passengers were injured, the hospital said.",
  );
  await arrive(
    "11:00",
    "Courier",
    "Sund reopens Torre bridge",
    "Engineers reopened the Torre bridge in Sund after ten months of repairs. Mayor Ada Holm cut the ribbon herself.",
  );
}

describe("a digest in words", () => {
  let arrivals: Arrivals;
  beforeEach(async () => {
    arrivals = await openArrivals();
  });
  afterEach(() => arrivals.store.close());

  it("tells each story in its outlets' own sentences, who else has it, and what they disagree in", async () => {
    await fill(arrivals);
    const reply = await arrivals.digests.compose(await arrivals.make({ timeZone: "Europe/Berlin" }));
    expect(words(reply)).toMatchInlineSnapshot(`
      "News digest, 3 November 2026

      2 stories from 4 reports by 4 outlets since 2 November, 09:00.

      Ferry hits quay of Elmouth, 12 injured

      Agency, 2 November, 11:00
        - Agency: “At least 12 people were injured when a ferry hit the quay of Elmouth on Monday, the
          fire service said.” [1]
        - Elmouth Gazette: “The captain of the ferry that hit the quay of Elmouth had lost control of the
          engine.” [2]
        - The figures differ: “At least 12 people” Agency and Star, 2 November, 11:00 [1]; “15 passengers”
          Elmouth Gazette, 2 November, 13:00 [3]
        - Also in Star (the same text) and Elmouth Gazette.

      Sund reopens Torre bridge

      Courier, 2 November, 12:00
        - Courier: “Engineers reopened the Torre bridge in Sund after ten months of repairs.” [4]
        - Courier: “Mayor Ada Holm cut the ribbon herself.” [5]"
    `);
    expect(shown(reply.thread[0]!)).toMatchInlineSnapshot(`
      "Ferry hits quay of Elmouth, 12 injured

      [1] Agency, Ferry hits quay of Elmouth, 12 injured, 2 November, 11:00 · open at these words
        https://news.example/1#:~:text=At%20least%2012%20people%20were%20injured%20when%20a%20ferry%20hit%20the%20quay%20of%20Elmouth%20on%20Monday%2C%20the%20fire%20service%20said.
        | *At least 12 people were injured when a ferry hit the quay of Elmouth on Monday, the fire service*
        | *said.* The ferry is five years old.

      [2] Elmouth Gazette, Captain of Elmouth ferry lost control of engine, 2 November, 13:00 · open at
      these words
        https://news.example/3#:~:text=The%20captain%20of%20the%20ferry%20that%20hit%20the%20quay%20of%20Elmouth%20had%20lost%20control%20of%20the%20engine.
        | *The captain of the ferry that hit the quay of Elmouth had lost control of the engine.* 15
        | passengers were injured, the hospital said.

      [3] Elmouth Gazette, Captain of Elmouth ferry lost control of engine, 2 November, 13:00 · open at
      these words
        https://news.example/3#:~:text=15%20passengers%20were%20injured%2C%20the%20hospital%20said.
        | *15 passengers were injured, the hospital said.*

      Also on this:
        - Ferry hits quay in Elmouth (Star, 2 November, 11:30, carries the text of another outlet)
          https://news.example/2"
    `);
    expect(reply.thread).toHaveLength(2);
  });

  it("has every mark's source, named where it is cited, in the message and in the thread", async () => {
    await fill(arrivals);
    const reply = await arrivals.digests.compose(await arrivals.make());
    for (const part of [reply.main, ...reply.thread]) {
      const contents = part.blocks.flatMap((block) => (block.kind === "list" ? block.items : [block.content])).flat();
      const marks = new Set(contents.flatMap((inline) => (inline.kind === "cite" ? [inline.n] : [])));
      expect(part.sources.map(({ n }) => n).sort()).toEqual([...marks].sort());
      expect(part.sources.every(({ named, url }) => named && url?.includes("#:~:text="))).toBe(true);
    }
  });

  it("says in one line that nothing came in", async () => {
    const reply = await arrivals.digests.compose(await arrivals.make());
    expect(words(reply)).toBe("Nothing new has come in since 2 November, 08:00.");
    expect(reply.thread).toEqual([]);
  });

  it("says in one line that nothing came in that was wanted", async () => {
    await arrivals.arrive(
      "10:00",
      "Courier",
      "Sund reopens Torre bridge",
      "Engineers reopened the Torre bridge in Sund.",
    );
    const reply = await arrivals.digests.compose(await arrivals.make({ topics: ["fishing", "courts"] }));
    expect(words(reply).replace(/\n/g, " ")).toBe(
      "Nothing new on fishing and courts has come in since 2 November, 08:00; 1 report came in and was left out.",
    );
  });

  it("shows a passage once, where two of its sentences are quoted", async () => {
    await fill(arrivals);
    const reply = await arrivals.digests.compose(await arrivals.make());
    const bridge = shown(reply.thread[1]!);
    expect(bridge.match(/ten months of repairs/g)).toHaveLength(1);
    expect(bridge).toContain("| *Mayor Ada Holm cut the ribbon herself.*");
  });

  it("copes with titles and outlets that are empty or endless, and with words that are commands elsewhere", async () => {
    await arrivals.arrive("10:00", " ", "", "A text without any title or outlet stands here alone.");
    await arrivals.arrive(
      "10:01",
      "O".repeat(500),
      "T".repeat(5_000),
      "The council of Sund <!channel> met @everyone on Monday.",
    );
    const reply = await arrivals.digests.compose(await arrivals.make());
    const said = words(reply).replace(/\s+/g, " ");
    expect(said).toContain("“Untitled report”: “A text without any title");
    expect(said).toContain("“The council of Sund <!channel> met @everyone on Monday.”");
    expect(said.replace(/\s/g, "")).toContain(`${"T".repeat(240)}…`);
    expect(said.length).toBeLessThan(1_500);
  });

  it("still quotes a document that is gone", async () => {
    await fill(arrivals);
    const digest = await arrivals.make();
    for (const { document } of digest.citations) await arrivals.store.forget(document);
    const reply = await arrivals.digests.compose(digest);
    expect(shown(reply.thread[0]!)).toContain("At least 12 people were injured");
  });
});

describe("why a digest is as it is", () => {
  let arrivals: Arrivals;
  beforeEach(async () => {
    arrivals = await openArrivals();
    await fill(arrivals);
    await arrivals.arrive("09:00", "Courier", "Opening of a bridge in 1926", "The bridge opened.", {
      published: "2026-01-01",
    });
  });
  afterEach(() => arrivals.store.close());

  it("says of every story why it is there, and of every report left out why it is not", async () => {
    const digest = await arrivals.make({ topics: ["ferry"] });
    await arrivals.digests.keep(digest);
    expect(words(await arrivals.digests.why(digest.id, ["main"], null))).toMatchInlineSnapshot(`
      "Between 2 November, 08:00 and 3 November, 08:00, 5 reports came in. A story's place comes from how
      many outlets report it independently (60 of 100), the channel's topics (25) and how fresh it is
      (15).

      Why these are here

        - 1. Ferry hits quay of Elmouth, 12 injured (Agency, 2 November, 10:00): score 45: 2 independent
          outlets, on ferry, freshness 31 of 100; 2 more reports in the same story

      On none of the channel's topics: 1 report

        - Sund reopens Torre bridge (Courier, 2 November, 11:00): score 4: 1 independent outlet, freshness
          30 of 100

      Published long before: 1 report

        - Opening of a bridge in 1926 (Courier, 1 January 2026)"
    `);
  });

  it("answers about one report, by words of its title or its outlet", async () => {
    const digest = await arrivals.make();
    await arrivals.digests.keep(digest);
    const about = async (asked: string) => words(await arrivals.digests.why(digest.id, ["main"], asked));
    expect(await about("captain ferry")).toContain("1. Ferry hits quay of Elmouth");
    expect(await about("1926 bridge")).toContain("Published long before: 1 report");
    expect(await about("1926 bridge")).not.toContain("Ferry");
    expect(await about("zebra")).toBe("Nothing that came in has “zebra” in its title.");
  });

  it("is for those only who may see all of it", async () => {
    const digest = await arrivals.make({ collections: ["main", "desk"] });
    await arrivals.digests.keep(digest);
    expect(await arrivals.digests.why(digest.id, ["main"], null)).toBeNull();
    expect(await arrivals.digests.why(digest.id, ["main", "desk"], null)).not.toBeNull();
    expect(await arrivals.digests.why("no such digest", ["main"], null)).toBeNull();
  });

  it("is kept as it was first posted", async () => {
    const digest = await arrivals.make({ id: "slot-1" });
    await arrivals.digests.keep(digest);
    await arrivals.digests.keep({ ...digest, stories: [], window: { since: 0, until: digestTime } });
    expect(await arrivals.store.digest("slot-1")).toEqual(digest);
  });
});
