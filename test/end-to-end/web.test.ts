import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { axeFindings } from "../support/axe.ts";
import { describeInBrowser } from "../support/browser.ts";
import { openWebPages, shownQuestion as question, type WebPages } from "../support/every-page.ts";
import type { WebSite } from "../support/web-site.ts";

const answerPath = `/ask?q=${encodeURIComponent(question)}`;
let shown: WebPages;
let site: WebSite;

beforeAll(async () => {
  shown = await openWebPages();
  site = shown.starter;
});

afterAll(() => shown.close());

/** Whether all of an element is inside the window. */
async function isInWindow(page: Page, selector: string): Promise<boolean> {
  const box = await page.locator(selector).boundingBox();
  const window = page.viewportSize()!;
  return (
    box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= window.width && box.y + box.height <= window.height
  );
}

/** Whether the passage of a source can be read; one that is not pointed at is there to be tabbed into, but unseen. */
async function isShown(page: Page, n: number): Promise<boolean> {
  const passage = `.source[data-n="${n}"] .passage`;
  const opacity = await page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(passage)})).opacity`);
  return opacity === "1" && (await page.locator(passage).isVisible());
}

const sizeOf = async (url: string) => (await (await fetch(url)).arrayBuffer()).byteLength;
const pathOf = (page: Page) => page.url().slice(site.address.length);

describeInBrowser("a newcomer with a browser", (visit) => {
  it("asks, sees the passages by pointing, follows a citation to the marked words, and goes back", async () => {
    const { page, requested, complaints } = await visit();
    await page.goto(`${site.address}/`);
    await page.getByRole("textbox", { name: "question" }).fill(question);
    await page.getByRole("button", { name: "Ask" }).click();
    expect(pathOf(page)).toMatch(/^\/ask\?q=What\+did\+the\+cable/);
    await expect.poll(() => page.textContent("h1")).toBe(question);
    expect(await page.textContent(".claim")).toContain("We urge vigilance in protecting religious freedom");

    const passage = (n: number) => page.locator(`.source[data-n="${n}"] .passage`);
    await page.locator('.cite[href="#source-2"]').first().hover();
    await expect.poll(() => isShown(page, 2)).toBe(true);
    expect(await isShown(page, 1)).toBe(false);
    expect(await passage(2).locator("mark").textContent()).toContain("religious liberty");
    await page.locator('.cite[href="#source-1"]').first().focus();
    await expect.poll(() => isShown(page, 1)).toBe(true);
    expect(await isShown(page, 2)).toBe(false);

    const marked = await passage(1).locator("mark").textContent();
    await passage(1).getByRole("link", { name: "in the document" }).click();
    await page.waitForURL(/\/documents\/.*#cited$/);
    expect(await page.textContent("#cited")).toBe(marked);
    expect(await isInWindow(page, "#cited")).toBe(true);
    await page.goBack();
    await expect.poll(() => page.textContent("h1")).toBe(question);
    await page.goForward();
    await expect.poll(() => isInWindow(page, "#cited")).toBe(true);

    // Nothing was fetched from anybody else, and nothing was refused by the pages' own policy.
    expect(requested.filter((url) => !url.startsWith(site.address))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("sees the passages by pointing without JavaScript too", async () => {
    const { page } = await visit({ javaScriptEnabled: false });
    await page.goto(`${site.address}${answerPath}`);
    const seen = () => page.locator('.source[data-n="2"] .passage').screenshot();
    const before = await seen();
    await page.locator('.cite[href="#source-2"]').first().hover();
    expect(Buffer.compare(before, await seen())).not.toBe(0);
  });

  it("asks on from an answer", async () => {
    const { page } = await visit();
    await page.goto(`${site.address}${answerPath}`);
    await page.getByRole("textbox").fill("And what does it say about anti-Christian incidents?");
    await page.keyboard.press("Enter");
    await page.waitForURL(/follows=/);
    expect(await page.textContent(".claims")).toMatch(/large migrant presence|migrant-heavy areas/);
  });

  it("is told where the documents do not say it, and sees the nearest passages", async () => {
    const { page } = await visit();
    await page.goto(`${site.address}/ask?q=${encodeURIComponent("What did the cable say about the harbour strike?")}`);
    expect(await page.textContent("main")).toContain("Not in the corpus");
    expect(await page.locator(".claim").count()).toBe(0);
  });

  it("needs no JavaScript", async () => {
    const { page } = await visit({ javaScriptEnabled: false });
    await page.goto(`${site.address}/`);
    await page.getByRole("textbox", { name: "question" }).fill(question);
    await page.getByRole("button", { name: "Ask" }).click();
    await page.locator('.cite[href="#source-1"]').first().click();
    expect(await isInWindow(page, "#source-1")).toBe(true);
    await page.locator('.source[data-n="1"]').getByRole("link", { name: "in the document" }).click();
    await page.waitForURL(/#cited$/);
    expect(await page.locator("#cited").boundingBox()).not.toBeNull();
    expect(await isInWindow(page, "#cited")).toBe(true);
  });

  it("needs no mouse", async () => {
    const { page } = await visit();
    await page.goto(`${site.address}/`);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toMatch(/^Skip/);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.tagName")).toBe("INPUT");
    await page.keyboard.type(question);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/ask\?q=/);

    /** Tabs on until the element that has the focus matches, and sees at each step that it can be seen where it is. */
    const tabTo = async (selector: string) => {
      for (let i = 0; i < 40; i++) {
        await page.keyboard.press("Tab");
        const outlined = "getComputedStyle(document.activeElement).outlineStyle !== 'none'";
        expect(await page.evaluate(outlined), String(await page.evaluate("document.activeElement.outerHTML"))).toBe(
          true,
        );
        if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
      }
      throw new Error(`no ${selector} by Tab`);
    };
    await tabTo('.cite[href="#source-2"]');
    await expect.poll(() => isShown(page, 2)).toBe(true);
    await page.keyboard.press("Enter");
    await page.waitForURL(/#source-2$/);
    await tabTo('.source[data-n="2"] .passage a');
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/documents\/.*#cited$/);
    expect(await isInWindow(page, "#cited")).toBe(true);
  });

  it("reads every page without scrolling sideways, at 320 px and at 1,440 px", async () => {
    const { page } = await visit();
    for (const { name, url } of shown.pages) {
      await page.goto(url);
      for (const width of [1440, 320]) {
        await page.setViewportSize({ width, height: 640 });
        expect(await page.evaluate("document.documentElement.scrollWidth"), name).toBeLessThanOrEqual(width);
      }
    }
  });

  it("shows the latest days of the chart first where it is too wide", async () => {
    const { page } = await visit({ viewport: { width: 320, height: 640 } });
    await page.goto(shown.pages.find(({ name }) => name === "feeds")!.url);
    const right = "document.querySelector('.scrolls > svg').getBoundingClientRect().right";
    expect(await page.evaluate(right)).toBeLessThanOrEqual(320);
  });

  it.each(["light", "dark"] as const)("finds every page readable to axe, in %s", async (colorScheme) => {
    const { page } = await visit({ colorScheme });
    const backgrounds = new Set<unknown>();
    for (const { name, url } of shown.pages) {
      await page.goto(url);
      backgrounds.add(await page.evaluate("getComputedStyle(document.documentElement).backgroundColor"));
      backgrounds.add(await page.evaluate("getComputedStyle(document.body).backgroundColor"));
      expect(await axeFindings(page, colorScheme === "dark" ? "contrast" : "everything"), name).toEqual([]);
    }
    const brightness = [...backgrounds].flatMap((colour) => {
      const [, red] = /rgb\((\d+)/.exec(String(colour)) ?? [];
      return red === undefined ? [] : [Number(red)];
    });
    expect(Math.max(...brightness) > 128).toBe(colorScheme === "light");
  });

  it("prints an answer with its sources on one sheet", async () => {
    const { page } = await visit();
    await page.goto(`${site.address}${answerPath}`);
    const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
    expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
    await page.emulateMedia({ media: "print" });
    for (const n of [1, 2, 3]) expect(await isShown(page, n)).toBe(true);
    expect(await page.locator("form").first().isVisible()).toBe(false);
  });

  it("gets every page in under 50 KB and 50 ms, with nothing but what these pages bring", async () => {
    const { page, requested, complaints } = await visit();
    for (const { name, url } of shown.pages) {
      const before = requested.length;
      await page.goto(url);
      const sizes = await Promise.all(requested.slice(before).map(sizeOf));
      const size = sizes.reduce((sum, one) => sum + one, 0);
      expect(size, name).toBeLessThan(50_000);
      const times: number[] = [];
      for (let i = 0; i < 5; i++) {
        // What this process works for it, the client's part included: whoever else is busy on the machine does not count.
        const from = process.cpuUsage();
        await (await fetch(url)).text();
        const { user, system } = process.cpuUsage(from);
        times.push((user + system) / 1000);
      }
      expect(Math.min(...times), name).toBeLessThan(50);
    }
    const own = [shown.starter, shown.desk, shown.locked].map(({ address }) => address);
    expect(requested.filter((url) => !own.some((address) => url.startsWith(address)))).toEqual([]);
    // What the browser says of the pages that are there to say that something is not there.
    expect(complaints.filter((complaint) => !/status of 40[014]/.test(complaint))).toEqual([]);
  });
});
