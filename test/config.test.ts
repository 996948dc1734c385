import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configOptions, envExample, readConfig } from "../src/config.ts";

const root = join(import.meta.dirname, "..");

describe("configuration", () => {
  it("needs nothing", () => {
    expect(readConfig({})).toEqual({
      data: "./data",
      publicUrl: null,
      feedsPrivateHosts: [],
      logLevel: "info",
      noColour: false,
      slack: {
        mode: "socket",
        botToken: null,
        appToken: null,
        signingSecret: null,
        apiUrl: null,
        host: "127.0.0.1",
        port: 3000,
      },
      discord: { token: null, apiUrl: null },
      web: { on: true, host: "127.0.0.1", port: 8484, password: null, trustedProxies: [] },
    });
  });

  it("takes what is set, and an empty value as absent", () => {
    const config = readConfig({
      DATELINE_DATA: "/srv/news",
      PUBLIC_URL: "https://desk.example/dateline/",
      LOG_LEVEL: "debug",
      SLACK_MODE: "http",
      SLACK_BOT_TOKEN: " xoxb-1 ",
      SLACK_APP_TOKEN: "",
      PORT: "0",
    });
    expect(config.data).toBe("/srv/news");
    expect(config.publicUrl).toBe("https://desk.example/dateline");
    expect(config.logLevel).toBe("debug");
    expect(config.slack).toMatchObject({ mode: "http", botToken: "xoxb-1", appToken: null, port: 0 });
  });

  it("names every problem at once, with what was given", () => {
    const read = () =>
      readConfig({ PORT: "30o0", LOG_LEVEL: "loud", PUBLIC_URL: "desk.example", SLACK_MODE: "sockets" });
    expect(read).toThrow(
      /PUBLIC_URL must be an address.*LOG_LEVEL must be one of error, warn.*SLACK_MODE.*PORT.*“30o0”/s,
    );
    expect(read).toThrow(expect.objectContaining({ code: "configuration" }));
  });

  it.each(["70000", "-1", "3000.5", "0x10", "three"])("refuses PORT=%s instead of falling back", (PORT) => {
    expect(() => readConfig({ PORT })).toThrow(/PORT must be a port/);
  });

  it.each(["ftp://desk.example", "https://desk.example/?a=1", "https://desk.example/#top"])(
    "refuses PUBLIC_URL=%s",
    (PUBLIC_URL) => {
      expect(() => readConfig({ PUBLIC_URL })).toThrow(/PUBLIC_URL/);
    },
  );

  it.each(["10.0.0.7", "10.0.0.0/8, ::1", "fd00::/8"])("takes WEB_TRUSTED_PROXY=%s", (WEB_TRUSTED_PROXY) => {
    expect(readConfig({ WEB_TRUSTED_PROXY }).web.trustedProxies).toEqual(WEB_TRUSTED_PROXY.split(", "));
  });

  it.each(["proxy", "10.0.0.0/33", "10.0.0.7/8/8", "10.0.0.7/", "::1/129", "10.0.0.7 ::1"])(
    "refuses WEB_TRUSTED_PROXY=%s",
    (WEB_TRUSTED_PROXY) => {
      expect(() => readConfig({ WEB_TRUSTED_PROXY })).toThrow(/WEB_TRUSTED_PROXY must be addresses/);
    },
  );

  it("refuses a short password without showing it", () => {
    const read = () => readConfig({ WEB_PASSWORD: "opensesame" });
    expect(read).toThrow(/WEB_PASSWORD must have 12 characters or more/);
    expect(read).not.toThrow(/opensesame/);
  });

  it("is written out in .env.example", () => {
    expect(readFileSync(join(root, ".env.example"), "utf8")).toBe(envExample());
  });

  it("marks every token and secret as secret", () => {
    for (const option of configOptions)
      expect(option.secret, option.name).toBe(/TOKEN|SECRET|PASSWORD/.test(option.name));
  });
});
