import { describe, expect, it } from "vitest";
import { createHostCheck } from "../../../../adapters/web/guard/hosts.ts";

const isOurs = createHostCheck("127.0.0.1", "https://desk.example:8443/dateline");

describe("a Host header on this machine", () => {
  it.each([
    "localhost:8484",
    "LOCALHOST",
    "dateline.localhost:80",
    "127.0.0.1:8484",
    "127.1.2.3",
    "[::1]:8484",
    "desk.example",
    "Desk.Example.:9",
  ])("is ours: %s", (header) => expect(isOurs(header)).toBe(true));

  it.each([
    "",
    "evil.example:8484",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil.example#localhost",
    "evil.example/localhost",
    "localhost@evil.example",
    "desk.example.evil.example",
    "0.0.0.0",
    "10.0.0.1",
    "[::]",
    "local host",
  ])("is not ours: “%s”", (header) => expect(isOurs(header)).toBe(false));
});
