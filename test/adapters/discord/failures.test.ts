import { Client, DiscordAPIError, HTTPError, RateLimitError } from "discord.js";
import { describe, expect, it } from "vitest";
import { closed, explained, failureOf, refusal } from "../../../adapters/discord/failures.ts";
import { NewsroomError } from "../../../src/errors.ts";

function refused(code: number, status = 403): DiscordAPIError {
  const url = "https://discord.com/api/v10/webhooks/1/secret-token";
  return new DiscordAPIError({ code, message: "Said by Discord" }, code, status, "POST", url, {});
}

/** What a client throws that has no token. */
function notLoggedIn(): Promise<unknown> {
  return new Client({ intents: [] }).login("").catch((error: unknown) => error);
}

function limited(retryAfter: number): RateLimitError {
  return new RateLimitError({
    timeToReset: retryAfter,
    limit: 5,
    method: "POST",
    hash: "h",
    url: "u",
    route: "r",
    majorParameter: "m",
    global: false,
    retryAfter,
    sublimitTimeout: 0,
    scope: "user",
  });
}

const socket = (code: string) =>
  Object.assign(new Error("fetch failed"), { cause: Object.assign(new Error(), { code }) });

describe("what discord.js throws", async () => {
  it.each<[string, unknown, object]>([
    ["a refusal", refused(50_013), { kind: "refused", code: 50_013, status: 403 }],
    ["a pause", limited(61_000), { kind: "rate-limited", afterMs: 61_000 }],
    ["a fault of Discord's", new HTTPError(502, "Bad Gateway", "POST", "u", {}), { kind: "unsure" }],
    ["a Discord that is not there", socket("ECONNREFUSED"), { kind: "unreached", reason: "ECONNREFUSED" }],
    ["a name that nobody knows", socket("ENOTFOUND"), { kind: "unreached", reason: "ENOTFOUND" }],
    ["a cut connection", socket("UND_ERR_SOCKET"), { kind: "unsure" }],
    ["a call that took too long", Object.assign(new Error("aborted"), { name: "AbortError" }), { kind: "unsure" }],
    ["a token that is none", await notLoggedIn(), { kind: "refused", status: 401 }],
  ])("is sorted: %s", (_what, error, expected) => {
    expect(failureOf(error)).toMatchObject(expected);
  });

  it.each<[unknown, string, RegExp]>([
    [refused(0, 401), "configuration", /token.*DISCORD_TOKEN/],
    [refused(10_003, 404), "not-postable", /not there any more/],
    [refused(50_001), "not-postable", /cannot see this channel, or was removed.*“View Channels”/],
    [refused(50_013), "not-postable", /lacks a permission.*“Send Messages”/],
    [refused(50_007), "not-postable", /direct messages.*privacy settings/],
    [refused(160_005), "not-postable", /locked.*moderator/],
    [refused(50_083), "platform", /archived/],
    [refused(50_027), "platform", /fifteen minutes.*Ask again/],
    [refused(10_062, 404), "platform", /three seconds/],
    [refused(200_000, 400), "platform", /AutoMod/],
    [refused(99_999, 400), "platform", /99999: Said by Discord/],
    [limited(61_000), "platform", /pause of 61 seconds/],
    [socket("ENOTFOUND"), "platform", /cannot be reached \(ENOTFOUND\)/],
    [new HTTPError(503, "Unavailable", "GET", "u", {}), "platform", /did not answer/],
  ])("has a sentence with cause and cure: %#", (error, code, sentence) => {
    const said = explained(error);
    expect(said).toMatchObject({ code, cause: error });
    expect(said.message).toMatch(sentence);
    expect(said.message).not.toContain("secret-token");
  });

  it("is explained once", () => {
    const said = new NewsroomError("usage", "So it is.");
    expect(explained(said)).toBe(said);
  });

  it("says with which code Discord refused, explained or not", () => {
    expect(refusal(refused(50_013))).toBe(50_013);
    expect(refusal(explained(refused(50_013)))).toBe(50_013);
    expect(refusal(socket("ENOTFOUND"))).toBeNull();
  });
});

describe("a connection that Discord ends for good", () => {
  it.each([
    [4004, "configuration", /token/],
    [4011, "configuration", /sharding/],
    [4013, "platform", /intents/],
    [4999, "platform", /4999/],
  ])("is explained: %i", (code, kind, sentence) => {
    expect(closed(code)).toMatchObject({ code: kind, message: expect.stringMatching(sentence) });
  });
});
