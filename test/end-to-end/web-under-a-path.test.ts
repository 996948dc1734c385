import { expect, it, onTestFinished } from "vitest";
import { openNewsroom } from "../../src/open-newsroom.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { describeInBrowser } from "../support/browser.ts";
import { temporaryFolder } from "../support/command-line.ts";
import { freePort } from "../support/slack-desk.ts";
import { startSite } from "../support/web-site.ts";

describeInBrowser("pages under a path of another site", (visit) => {
  it("stay there: asking, logging in, following, going back", async () => {
    const folder = temporaryFolder();
    const port = await freePort();
    const publicUrl = `http://desk.example:${port}/dateline`;
    const open = await openNewsroom(folder.path, { runtime: systemRuntime, publicUrl });
    const site = await startSite(open.newsroom, { port, publicUrl, password: "correct horse battery" });
    onTestFinished(async () => {
      await site.stop();
      await open.close();
      folder.remove();
    });
    const { page, requested, complaints } = await visit();
    await page.goto(`${publicUrl}/`);
    await page.getByLabel("Password").fill("correct horse battery");
    await page.keyboard.press("Enter");
    await page.getByRole("textbox", { name: "question" }).fill("What did the cable say about religious freedom?");
    await page.keyboard.press("Enter");
    await page.locator(".source").first().getByRole("link", { name: "in the document" }).click();
    await page.waitForURL(/#cited$/);
    for (const name of ["Documents", "Digests", "Feeds", "Ask"]) {
      await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name }).click();
      await expect.poll(() => page.locator('[aria-current="page"]').first().textContent()).toBe(name);
    }
    await page.goto(`${publicUrl}/logout`);
    await page.getByRole("button", { name: "Log out" }).click();
    await expect.poll(() => page.getByLabel("Password").isVisible()).toBe(true);
    expect(requested.filter((url) => !url.startsWith(`${publicUrl}/`))).toEqual([]);
    // Without https a browser says which headers it does without.
    expect(complaints.filter((complaint) => !/401|untrustworthy|insecure origins/.test(complaint))).toEqual([]);
  });
});
