/** A real Chromium for tests of what a person sees: found on the machine, closed when the test file ends. */
import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, describe } from "vitest";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Where a Chromium is: the one that CHROMIUM names, else one that is installed; null when there is none. */
export function findChromium(): string | null {
  return [process.env.CHROMIUM ?? "", ...places].find((path) => path !== "" && existsSync(path)) ?? null;
}

const wayToGetOne = "Install one (apt-get install chromium) or set CHROMIUM to the path of a Chromium or Chrome.";

/** Nothing but the pages under test is fetched, and nothing of an earlier run is there: Playwright makes a new profile. */
const flags = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts a Chromium of its own; the caller closes it. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error(`There is no browser here. ${wayToGetOne}`);
  return chromium.launch({ executablePath, headless: true, chromiumSandbox: false, args: flags });
}

/** A browser's visitor: a context with a page of its own, and what it fetched and complained of. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** The address of every request so far, whichever page or frame made it. */
  readonly requested: readonly string[];
  /** What the page's console and its scripts complained of. */
  readonly complaints: readonly string[];
}

/** Opens a new visitor in `browser`, with nothing remembered. */
export async function visitorOf(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-GB", ...options });
  const requested: string[] = [];
  const complaints: string[] = [];
  context.on("request", (request) => requested.push(request.url()));
  context.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
  return { page: await context.newPage(), context, requested, complaints };
}

/**
 * Describes what is seen in a real browser. `tests` gets a way to open visitors; the one browser of the file starts with
 * the first of them. Without a Chromium the tests are skipped with a line that says how to get one; in CI they fail.
 */
export function describeInBrowser(
  what: string,
  tests: (visit: (options?: BrowserContextOptions) => Promise<Visitor>) => void,
): void {
  const wanted = findChromium() !== null || process.env.CI === "true";
  if (!wanted) process.stderr.write(`Skipped, there is no browser here: ${what}. ${wayToGetOne}\n`);
  describe.runIf(wanted)(what, () => {
    let browser: Promise<Browser> | null = null;
    afterAll(async () => (await browser)?.close());
    tests(async (options) => {
      browser ??= launchChromium();
      return visitorOf(await browser, options);
    });
  });
}
