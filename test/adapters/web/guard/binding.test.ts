import { describe, expect, it } from "vitest";
import { readBinding } from "../../../../adapters/web/guard/binding.ts";

const plain = { host: "127.0.0.1", password: null, trustedProxies: [], publicUrl: null };

describe("where the pages are served", () => {
  it.each(["127.0.0.1", "::1", "localhost", "127.0.0.9"])("is this machine only, on %s", async (host) => {
    expect(await readBinding({ ...plain, host })).toEqual({
      local: true,
      proxyOnly: false,
      said: "The pages open from this machine only, without a password",
      warning: null,
    });
  });

  it.each(["0.0.0.0", "::", "192.0.2.1"])("is refused on %s while nothing decides who gets in", async (host) => {
    await expect(readBinding({ ...plain, host })).rejects.toMatchObject({
      code: "configuration",
      message: expect.stringMatching(
        /everybody who can reach this machine.*WEB_PASSWORD.*WEB_TRUSTED_PROXY.*127\.0\.0\.1/,
      ),
    });
  });

  it("is allowed elsewhere with a password, and says that it crosses the network", async () => {
    const open = { ...plain, host: "0.0.0.0", password: "correct horse battery" };
    const binding = await readBinding(open);
    expect(binding).toMatchObject({ local: false, proxyOnly: false });
    expect(binding.said).toBe("The pages open from other machines too, with the password");
    expect(binding.warning).toMatch(/unencrypted.*https/);
    expect((await readBinding({ ...open, publicUrl: "https://desk.example" })).warning).toBeNull();
    expect(JSON.stringify(binding)).not.toContain("correct horse");
  });

  it("is allowed elsewhere behind a proxy, and then only through it", async () => {
    const binding = await readBinding({ ...plain, host: "0.0.0.0", trustedProxies: ["10.0.0.7", "fd00::/8"] });
    expect(binding.proxyOnly).toBe(true);
    expect(binding.said).toMatch(/through the proxy at 10\.0\.0\.7, fd00::\/8 alone, which has to decide who gets in/);
  });

  it("is refused under a name that leads nowhere", async () => {
    await expect(readBinding({ ...plain, host: "no-such-host.invalid" })).rejects.toMatchObject({
      code: "configuration",
      message: expect.stringContaining("no-such-host.invalid"),
    });
  });
});
