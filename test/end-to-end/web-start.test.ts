import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Answer } from "../../src/answer/answer.ts";
import { run, start, temporaryFolder } from "../support/command-line.ts";

let folder: ReturnType<typeof temporaryFolder>;
let child: ChildProcess | null = null;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  if (child && child.exitCode === null && child.signalCode === null) {
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }
  child = null;
  folder.remove();
});

/** Starts it as a newcomer does, with nothing set but a free port; resolves with the address that it prints. */
async function started(): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  child = start([], { cwd: folder.path, env: { WEB_PORT: "0" } });
  let said = "";
  child.stderr!.on("data", (chunk) => {
    said += chunk;
    const address = /Open (http:\/\/127\.0\.0\.1:\d+)\/ in a browser/.exec(said)?.[1];
    if (address !== undefined) resolve(address);
  });
  child.once("exit", () => reject(new Error(`It ended without an address: ${said}`)));
  return promise;
}

describe("npm start with nothing set", () => {
  it("serves the pages over the starter corpus at the address that it prints, until it is told to end", async () => {
    const address = await started();
    const page = await (await fetch(`${address}/`)).text();
    const example = /class="examples"><li><a href="([^"]+)"/.exec(page)![1]!.replaceAll("&amp;", "&");
    const answer = await fetch(`${address}${example}`, { headers: { accept: "application/json" } });
    expect(((await answer.json()) as Answer).status).toBe("answered");
    const ended = once(child!, "exit");
    child!.kill("SIGTERM");
    expect((await ended)[0]).toBe(0);
  });

  it("says what there is to set where the pages are switched off as well", async () => {
    const { code, err } = await run([], { cwd: folder.path, env: { WEB: "off" } });
    expect(code).toBe(1);
    expect(err).toContain("web is not configured: set WEB=on.");
    expect(err).toContain("SLACK_BOT_TOKEN");
  });
});
