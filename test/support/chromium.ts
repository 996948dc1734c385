/** A real Chromium, found on the machine, and visitors in it: for tests of what a person sees, and for screenshots. */
import { existsSync } from "node:fs";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";

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

/** What to do where there is none. */
export const wayToGetOne =
  "Install one (apt-get install chromium) or set CHROMIUM to the path of a Chromium or Chrome.";

/** Nothing but the pages under test is fetched, and nothing of an earlier run is there: Playwright makes a new profile. */
const flags = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Names under which pages on this machine can be opened as if they were somewhere else.
  "--host-resolver-rules=MAP *.example 127.0.0.1",
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
