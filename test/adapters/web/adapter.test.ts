import { describe, expect, it } from "vitest";
import { createWebAdapter } from "../../../adapters/web/index.ts";
import { createLogLines } from "../../support/log-lines.ts";
import { createScriptedNewsroom, notice } from "../../support/scripted-newsroom.ts";
import { siteOver, webOptions } from "../../support/web-site.ts";

const place = { adapter: "web", workspace: "pages", channel: null, thread: null };
const delivery = { id: "d-1", triedSince: null };

describe("the web as a platform", () => {
  it("has nowhere to post to, running or not", async () => {
    const { adapter } = await siteOver(createScriptedNewsroom());
    const still = createWebAdapter(webOptions(createLogLines()));
    for (const one of [adapter, still]) {
      await expect(one.post(place, notice("Good morning."), delivery)).rejects.toMatchObject({
        code: "not-postable",
        message: expect.stringContaining("Nothing can be posted to the web"),
      });
    }
  });

  it("stops more than once, and without having been started", async () => {
    const site = await siteOver(createScriptedNewsroom());
    await Promise.all([site.stop(), site.stop()]);
    await expect(site.get("/")).rejects.toThrow();
    await createWebAdapter(webOptions(createLogLines())).stop();
  });
});
