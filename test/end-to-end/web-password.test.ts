import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { type OpenNewsroom, openNewsroom } from "../../src/open-newsroom.ts";
import { documentPath } from "../../src/reply/document-path.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { axeFindings } from "../support/axe.ts";
import { describeInBrowser } from "../support/browser.ts";
import { temporaryFolder } from "../support/command-line.ts";
import { freePort } from "../support/slack-desk.ts";
import { startSite, type WebSite } from "../support/web-site.ts";

const password = "correct horse battery";
const folder = temporaryFolder();
let open: OpenNewsroom;
let site: WebSite;

beforeAll(async () => {
  open = await openNewsroom(folder.path, { runtime: systemRuntime, publicUrl: null });
  site = await startSite(open.newsroom, { password });
});

afterAll(async () => {
  await site.stop();
  await open.close();
  folder.remove();
});

describeInBrowser("a colleague with the password", (visit) => {
  it("gives it once, and then gets there by links of other sites too", async () => {
    const { page, context, requested, complaints } = await visit();
    await page.goto(`${site.address}/documents?after=a`);
    expect(await context.cookies()).toEqual([]);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByLabel("Password").fill("wrong");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByRole("alert").textContent()).toContain("not the password");
    expect(await axeFindings(page)).toEqual([]);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.waitForURL(`${site.address}/documents?after=a`);
    const [cookie, ...others] = await context.cookies();
    expect(others).toEqual([]);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict", secure: false, path: "/" });

    // The browser keeps a strict cookie back when somebody else's page leads here.
    await page.goto("about:blank");
    const [document] = await open.newsroom.read.documents(["main"], { limit: 1, after: null });
    const cited = `${site.address}${documentPath({ document: document!.id, revision: 1, start: 1500, end: 1600 })}`;
    await page.setContent(`<a href="${cited}">There</a>`);
    await page.getByRole("link").click();
    await expect.poll(() => page.locator("#cited").count()).toBe(1);
    expect(page.url()).toBe(cited);
    expect((await page.locator("#cited").boundingBox())!.y).toBeLessThan(page.viewportSize()!.height);

    await page.goto(`${site.address}/logout`);
    expect(await axeFindings(page)).toEqual([]);
    await page.getByRole("button", { name: "Log out" }).click();
    await expect.poll(() => page.getByLabel("Password").isVisible()).toBe(true);
    expect(await context.cookies()).toEqual([]);

    expect(requested.filter((url) => !url.startsWith(site.address) && url !== "about:blank")).toEqual([]);
    // What the browser says of the answers that refused.
    expect(complaints.filter((complaint) => !/401/.test(complaint))).toEqual([]);
  });

  it("logs in where the browser does not say which site a form comes from: without https, elsewhere than here", async () => {
    const port = await freePort();
    const publicUrl = `http://desk.example:${port}`;
    const far = await startSite(open.newsroom, { password, port, publicUrl });
    onTestFinished(() => far.stop());
    const { page } = await visit();
    await page.goto(`${publicUrl}/documents`);
    await page.getByLabel("Password").fill(password);
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByRole("heading", { level: 1 }).textContent()).toBe("Documents");
    // Nor does it send the cookie along from another site's link, or say that it comes from one.
    await page.goto("about:blank");
    await page.setContent(`<a href="${publicUrl}/documents">There</a>`);
    await page.getByRole("link").click();
    await page.getByRole("link", { name: "open the page again" }).click();
    await expect.poll(() => page.getByRole("heading", { level: 1 }).textContent()).toBe("Documents");
    await page.goto("about:blank");
    await page.setContent(
      `<form method="post" action="${publicUrl}/login"><input name="password" value="${password}"><button>Go</button></form>`,
    );
    await page.getByRole("button").click();
    await expect.poll(() => page.textContent("h1")).toBe("Not from here");
  });

  it("is not taken there by a form of another site, nor shown inside its frame", async () => {
    const { page, context } = await visit();
    await page.setContent(
      `<form method="post" action="${site.address}/login"><input name="password" value="${password}"><button>Go</button></form>`,
    );
    await page.getByRole("button").click();
    await expect.poll(() => page.textContent("h1")).toBe("Not from here");
    expect(await context.cookies()).toEqual([]);
    await page.goto("about:blank");
    await page.setContent(`<iframe src="${site.address}/health"></iframe>`);
    const frame = page.frames()[1]!;
    await frame.waitForLoadState().catch(() => undefined);
    expect(await frame.content()).not.toContain('"up"');
  });

  it("who has none sees the form once, even by a link of another site", async () => {
    const { page } = await visit();
    await page.setContent(`<a href="${site.address}/documents">There</a>`);
    await page.getByRole("link").click();
    await expect.poll(() => page.getByLabel("Password").isVisible()).toBe(true);
  });
});
