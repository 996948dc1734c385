import { describe, expect, it } from "vitest";
import { sourceDocument } from "../../support/documents.ts";
import { newFeed } from "../../support/feed-records.ts";
import { newsroomOver } from "../../support/newsroom.ts";
import { siteOver } from "../../support/web-site.ts";

const court = "The harbour court fined the ferry company Zephyrine 40,000 crowns on Monday, the clerk said.";
const council = "The council voted to dredge the harbour in spring, the mayor said.";

async function newsdesk() {
  const under = await newsroomOver([
    sourceDocument("court", court, {
      title: "Ferry company Zephyrine fined",
      outlet: "Zephyr Law",
      collection: "courts",
    }),
    sourceDocument("council", council, { title: "Harbour to be dredged", outlet: "Gazette" }),
  ]);
  await under.store.addFeed(newFeed("zephyr", { collection: "courts", title: "Zephyr Law" }));
  const [hidden] = await under.store.documents(["courts"], { limit: 1, after: null });
  const site = await siteOver(under.newsroom);
  const paths = [
    "/",
    "/documents",
    "/digests",
    "/feeds",
    "/metrics",
    `/documents/${hidden!.id}`,
    `/documents/${hidden!.id}?revision=1&start=0&end=20`,
    "/ask?q=What+did+the+harbour+court+do%3F",
    "/ask?q=What+did+the+ferry+company+get%3F&as=slack",
  ];
  const seen = async () => {
    const texts: string[] = [];
    for (const path of paths)
      for (const accept of ["text/html", "application/json"])
        texts.push(await (await site.get(path, { headers: { accept } })).text());
    return texts.join("\n");
  };
  return { ...under, ...site, hidden: hidden!.id, seen };
}

describe("a collection that the pages may not see", () => {
  it("is in none of them, nor counted in any", async () => {
    const { seen, get, hidden } = await newsdesk();
    const all = await seen();
    expect(all).not.toMatch(/Zephyr|fined|40,000|clerk/);
    expect(all).toContain("dredge");
    expect(all).toMatch(/^dateline_documents 1$/m);
    expect((await get(`/documents/${hidden}`)).status).toBe(404);
    // What is there but hidden is told in the same words as what is not there.
    const told = async (id: string) => (await (await get(`/documents/${id}`)).text()).replaceAll(id, "ID");
    expect(await told(hidden)).toBe(await told("no-such-document"));
  });

  it("is in them once they may see it", async () => {
    const { store, seen } = await newsdesk();
    await store.allow("web", "pages", null, ["main", "courts"]);
    const all = await seen();
    expect(all).toMatch(/fined the ferry company Zephyrine/);
    expect(all).toMatch(/^dateline_documents 2$/m);
  });
});
