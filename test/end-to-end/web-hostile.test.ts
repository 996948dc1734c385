import { afterAll, beforeAll, expect, it } from "vitest";
import { previewReply as inDiscord } from "../../adapters/discord/preview.ts";
import { previewReply as inSlack } from "../../adapters/slack/preview.ts";
import { ingest } from "../../src/corpus/ingest.ts";
import { type OpenNewsroom, openNewsroom } from "../../src/open-newsroom.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { describeInBrowser } from "../support/browser.ts";
import { temporaryFolder } from "../support/command-line.ts";
import { hostileDocument, hostilePieces } from "../support/hostile-texts.ts";
import { readEvents } from "../support/newsroom.ts";
import { startSite, type WebSite } from "../support/web-site.ts";

const folder = temporaryFolder();
let open: OpenNewsroom;
let site: WebSite;

beforeAll(async () => {
  open = await openNewsroom(folder.path, { runtime: systemRuntime, publicUrl: null });
  await ingest({ store: open.store, documents: readEvents([hostileDocument]), runtime: systemRuntime });
  const previews = [
    { platform: "slack", payloads: inSlack },
    { platform: "discord", payloads: inDiscord },
  ] as const;
  site = await startSite(open.newsroom, { previews, limits: { burst: 1e6 } });
});

afterAll(async () => {
  await site.stop();
  await open.close();
  folder.remove();
});

describeInBrowser("a stranger's text in a real browser", (visit) => {
  it("runs nothing, fetches nothing, leads nowhere, and breaks no policy", async () => {
    const [document] = await open.newsroom.read.documents(["main"], { limit: 1, after: null });
    const question = `What did the mayor say about the harbour ${hostilePieces.slice(0, 8).join(" ")}?`;
    const ask = (text: string) => `/ask?q=${encodeURIComponent(text.toWellFormed())}`;
    const mayor = ask("What did the mayor say about the harbour?");
    const paths = [
      "/",
      "/documents",
      `/documents/${document!.id}`,
      `/documents/${document!.id}?start=5&end=200#cited`,
      ask(question),
      mayor,
      ...["slack", "discord", "data"].map((form) => `${mayor}&as=${form}`),
      ...hostilePieces.map((piece) => ask(`harbour ${piece}`)),
    ];
    const { page, requested, complaints } = await visit();
    const dialogs: string[] = [];
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    for (const path of paths) {
      await page.goto(`${site.address}${path}`);
      expect(page.url(), path).toBe(new URL(path, site.address).href);
      const scripts = await page.evaluate("[...document.scripts].filter((one) => !one.src || one.text).length");
      expect(scripts, path).toBe(0);
      const handlers =
        "[...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames()).filter((name) => /^on|^style$/.test(name))";
      expect(await page.evaluate(handlers), path).toEqual([]);
    }
    expect(dialogs).toEqual([]);
    expect(requested.filter((url) => !url.startsWith(site.address))).toEqual([]);
    expect(complaints.filter((complaint) => !/status of 40[04]/.test(complaint))).toEqual([]);
  });
});
