import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Arrivals, openArrivals } from "../support/arrivals.ts";

const folder = join(import.meta.dirname, "..", "fixtures", "clusters");

/** Five reports of 250 to 700 words on each of four subjects, written for answering: some of them comment on the others. */
const clusters = readdirSync(folder).map(
  (name) =>
    JSON.parse(readFileSync(join(folder, name), "utf8")) as {
      docs: readonly { title: string; text: string; outlet: string }[];
    },
);

describe("reports of full length", () => {
  let arrivals: Arrivals;
  let subjects: Map<string, number>;
  beforeEach(async () => {
    arrivals = await openArrivals();
    subjects = new Map();
    let minute = Date.UTC(2026, 10, 2, 9);
    for (const [subject, { docs }] of clusters.entries())
      for (const { outlet, title, text } of docs) {
        minute += 600_000;
        subjects.set(await arrivals.arrive(minute, outlet, title, text), subject);
      }
  });
  afterEach(() => arrivals.store.close());

  it("come together by subject, but for what comments from further away", async () => {
    const { stories } = await arrivals.make();
    for (const { documents } of stories) expect(new Set(documents.map((id) => subjects.get(id))).size).toBe(1);
    expect(stories.slice(0, 4).map(({ documents }) => documents.length)).toEqual([5, 4, 4, 4]);
  });

  it("disagree in what was written to differ, and in nothing else", async () => {
    const { stories } = await arrivals.make();
    const found = stories.flatMap(({ disagreements }) =>
      disagreements.map(({ kind, sides }) => `${kind}: ${sides.map(({ text }) => text).join(" / ")}`),
    );
    expect(found.sort()).toMatchInlineSnapshot(`
      [
        "number: 14 professional clubs / Sixteen clubs",
        "number: 86,000 doses / 68,000 doses",
        "number: nine banks / eight banks",
        "number: six points / nine points",
        "wording: The gauges that measure pressure inside the wall were switched off in the spring and have not been replaced / The gauges measuring pressure within the wall were turned off in the spring and have not been replaced",
        "wording: The operator has repeatedly been urged to lower the reservoir by six metres and has repeatedly postponed doing so, citing the price of electricity / The operator has been urged repeatedly to lower the reservoir by six metres and has repeatedly put it off, citing electricity prices",
        "wording: postpone the second dose for all other age groups until further notice / defer the second dose for all other age groups until further notice",
        "wording: promptly reduce the share of unhedged foreign-currency housing loans / swiftly reduce the share of unhedged foreign-currency housing loans",
      ]
    `);
  });

  it("are quoted without the dateline that opens them", async () => {
    const { citations } = await arrivals.make();
    expect(citations.filter(({ quote }) => /^\p{Lu}{3,} —/u.test(quote))).toEqual([]);
    expect(citations.map(({ quote }) => quote)).toContainEqual(
      expect.stringMatching(/^Doctors across Brennia have been told/),
    );
  });
});
