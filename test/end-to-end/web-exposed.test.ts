import { describe, expect, it, onTestFinished } from "vitest";
import { run, temporaryFolder } from "../support/command-line.ts";

function inFolder(argv: readonly string[], env: Readonly<Record<string, string>>) {
  const { path, remove } = temporaryFolder();
  onTestFinished(remove);
  return run(argv, { cwd: path, env });
}

describe("pages that everybody could open", () => {
  it("are not served, with what to set", async () => {
    const { code, err } = await inFolder(["serve"], { WEB_HOST: "0.0.0.0", WEB_PORT: "0" });
    expect(code).toBe(1);
    expect(err).toContain("web is not configured: set WEB_PASSWORD, or WEB_TRUSTED_PROXY");
  });

  it("are a problem to doctor, which says nothing of a password that is set", async () => {
    const open = await inFolder(["doctor"], { WEB_HOST: "::" });
    expect(open.code).toBe(1);
    expect(open.out).toMatch(/problem: web: .*WEB_PASSWORD, or WEB_TRUSTED_PROXY/);
    const closed = await inFolder(["doctor"], { WEB_HOST: "::", WEB_PASSWORD: "correct horse battery" });
    expect(closed.code).toBe(0);
    expect(closed.out).toContain("ok: web: configured");
    expect(closed.out + closed.err).not.toContain("horse");
  });
});
