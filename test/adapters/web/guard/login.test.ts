import { describe, expect, it } from "vitest";
import { ownPath } from "../../../../adapters/web/guard/login-pages.ts";
import { createSessions } from "../../../../adapters/web/guard/session.ts";
import type { WebOptions } from "../../../../adapters/web/index.ts";
import { systemRuntime } from "../../../../src/runtime.ts";
import { createAdapterState } from "../../../support/adapter-state.ts";
import { createTestRuntime } from "../../../support/runtime.ts";
import { createScriptedNewsroom } from "../../../support/scripted-newsroom.ts";
import { siteOver, type WebSite } from "../../../support/web-site.ts";

const newsroom = createScriptedNewsroom();
const password = "correct horse bättery";

const locked = (over: Partial<WebOptions> = {}) => siteOver(newsroom, { password, ...over });

/** Sends the form as a browser on the page itself would. */
function logIn(
  { get, address }: WebSite,
  given: string,
  more: Record<string, string> = {},
  next = "/documents?after=a",
) {
  return get("/login", {
    method: "POST",
    body: new URLSearchParams({ password: given, next }),
    headers: { origin: address, ...more },
  });
}

const cookieOf = (response: Response) => response.headers.get("set-cookie")?.split(";")[0] ?? "";

describe("with a password", () => {
  it("shows nothing before it is given, and goes on to the page that was wanted after", async () => {
    const site = await locked();
    const before = await site.get("/documents?after=a");
    expect(before.status).toBe(401);
    expect(before.headers.get("set-cookie")).toBeNull();
    expect(before.headers.get("cache-control")).toBe("no-store");
    const form = await before.text();
    expect(form).toContain('name="next" value="/documents?after=a"');
    const entered = await logIn(site, password);
    expect(entered.status).toBe(303);
    expect(entered.headers.get("location")).toBe("/documents?after=a");
    const cookie = cookieOf(entered);
    expect((await site.get("/documents", { headers: { cookie } })).status).toBe(200);
    expect(site.log.lines.map(({ message }) => message).join()).not.toContain(password);
  });

  it.each([
    "/",
    "/ask?q=x",
    "/documents/x",
    "/metrics",
    "/nowhere",
    "/digests",
    "/feeds",
    "//",
    "/health/x",
    "/assets/",
  ])("keeps %s closed", async (path) => {
    const { get } = await locked();
    expect((await get(path)).status).toBe(401);
    const json = await get(path, { headers: { accept: "application/json" } });
    expect(json.status).toBe(401);
    expect(json.headers.get("www-authenticate")).toMatch(/^Bearer /);
    expect(await json.json()).toMatchObject({ error: { code: "password-needed" } });
  });

  it("sends on to a page of ours, and nowhere else, whoever is logged in already", async () => {
    const site = await locked();
    const cookie = cookieOf(await logIn(site, password));
    const sentTo = async (next: string) =>
      (await site.get(`/login?next=${encodeURIComponent(next)}`, { headers: { cookie } })).headers.get("location");
    expect(await sentTo("/documents/x?start=1&end=2#cited")).toBe("/documents/x?start=1&end=2#cited");
    expect(await sentTo("//evil.example/")).toBe("/");
    expect(await sentTo("https://evil.example/")).toBe("/");
  });

  it("leaves open what a process manager and the form itself need", async () => {
    const { get } = await locked();
    expect((await get("/health")).status).toBe(200);
    expect((await get("/ready")).status).toBe(200);
    const stylesheet = /href="(\/assets\/[^"]+\.css)"/.exec(await (await get("/")).text())![1]!;
    expect((await get(stylesheet)).status).toBe(200);
  });

  it("keeps a cookie that no script reads, no other site sends, and only https carries where there is https", async () => {
    const plain = await logIn(await locked(), password);
    expect(plain.headers.get("set-cookie")).toMatch(
      /^dateline=\d+\.[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    const behind = await locked({ trustedProxies: ["127.0.0.1"] });
    const secure = await logIn(behind, password, { "x-forwarded-proto": "https" });
    expect(secure.headers.get("set-cookie")).toMatch(
      /^__Host-dateline=.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    // Nobody but a trusted proxy says that it is https.
    const liar = await logIn(await locked(), password, { "x-forwarded-proto": "https" });
    expect(liar.headers.get("set-cookie")).not.toContain("Secure");
  });

  it("takes it as a bearer token from programs", async () => {
    const { get } = await locked();
    const bearer = (token: string) => ({
      headers: { authorization: `Bearer ${Buffer.from(token).toString("latin1")}` },
    });
    expect((await get("/metrics", bearer(password))).status).toBe(200);
    expect((await get("/metrics", bearer(`${password}x`))).status).toBe(401);
    expect((await get("/metrics", { headers: { authorization: "Basic eDp5" } })).status).toBe(401);
  });

  it("refuses a wrong one in words, and after some of them waits", async () => {
    const clock = createTestRuntime();
    const runtime = { ...systemRuntime, monotonic: clock.monotonic };
    const site = await locked({ runtime, limits: { wrongPasswords: 2, wrongRefillMs: 60_000 } });
    const wrong = await logIn(site, "wrong");
    expect(wrong.status).toBe(401);
    expect(await wrong.text()).toContain("That is not the password.");
    expect(cookieOf(wrong)).toBe("");
    // Right ones cost nothing.
    for (let i = 0; i < 4; i++) expect((await logIn(site, password)).status).toBe(303);
    await site.get("/metrics", { headers: { authorization: "Bearer wrong" } });
    const waiting = await logIn(site, password);
    expect(waiting.status).toBe(429);
    expect(waiting.headers.get("retry-after")).toBe("60");
    clock.pass(60_000);
    expect((await logIn(site, password)).status).toBe(303);
  });

  it("limits wrong ones of everybody together", async () => {
    const limits = { wrongPasswordsInAll: 3 };
    const site = await locked({ trustedProxies: ["127.0.0.1"], limits });
    for (let i = 0; i < 3; i++) await logIn(site, "wrong", { "x-forwarded-for": `198.51.100.${i}` });
    expect((await logIn(site, "wrong", { "x-forwarded-for": "198.51.100.9" })).status).toBe(429);
  });

  it("takes no login that another site sends", async () => {
    const site = await locked();
    const elsewhere = await logIn(site, password, { origin: "https://evil.example" });
    expect(elsewhere.status).toBe(403);
    expect((await logIn(site, password, { origin: "null" })).status).toBe(403);
    expect((await logIn(site, password, { origin: "" })).status).toBe(403);
    expect((await logIn(site, password, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await logIn(site, password, { origin: "null", "sec-fetch-site": "same-origin" })).status).toBe(303);
  });

  it("takes no login of a megabyte, or of a length it does not say", async () => {
    const site = await locked();
    const large = await logIn(site, "a".repeat(1_000_000));
    expect(large.status).toBe(413);
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode("password="));
        controller.close();
      },
    });
    const init = { method: "POST", body: stream, duplex: "half", headers: { origin: site.address } } as RequestInit;
    expect((await site.get("/login", init)).status).toBe(413);
  });

  it("ends when it is told to, when its time is over, and when the password changes", async () => {
    const clock = createTestRuntime();
    const runtime = { ...systemRuntime, now: clock.now };
    const state = createAdapterState();
    const site = await locked({ runtime, state });
    const entered = await logIn(site, password);
    const cookie = cookieOf(entered);
    const seen = async (where: WebSite) => (await where.get("/", { headers: { cookie } })).status;
    expect(await seen(site)).toBe(200);
    // Another replica, or this one after a restart, over the same store.
    expect(await seen(await locked({ runtime, state }))).toBe(200);
    expect(await seen(await locked({ runtime, state, password: "another password" }))).toBe(401);
    expect(await seen(await locked({ runtime }))).toBe(401);
    const left = await site.get("/logout", { method: "POST", headers: { origin: site.address, cookie } });
    expect(left.headers.get("set-cookie")).toMatch(/^dateline=; Max-Age=0;/);
    expect(left.headers.get("clear-site-data")).toBe('"cache"');
    clock.pass(12 * 3_600_000);
    expect(await seen(site)).toBe(401);
  });

  it("is never in a page, an address or the log", async () => {
    const site = await locked();
    const answers = [await logIn(site, password), await logIn(site, `${password}?`), await site.get("/")];
    for (const answer of answers) {
      expect(JSON.stringify([...answer.headers])).not.toContain("horse");
      expect(await answer.text()).not.toContain("horse");
    }
    expect(JSON.stringify(site.log.lines)).not.toContain("horse");
  });
});

describe("without a password", () => {
  it("there is no cookie and no login", async () => {
    const site = await siteOver(newsroom);
    expect((await logIn(site, "x")).status).toBe(405);
    for (const path of ["/", "/documents", "/login"]) {
      expect((await site.get(path)).headers.get("set-cookie")).toBeNull();
    }
  });
});

describe("a session", () => {
  it("is not made up by anybody else", async () => {
    const runtime = createTestRuntime();
    const making = { runtime, state: createAdapterState(), sessionMs: 1000 };
    const sessions = await createSessions({ ...making, password });
    const value = sessions.issue();
    const [expires, signature] = value.split(".") as [string, string];
    expect(sessions.holds(value)).toBe(true);
    const forged = [
      "",
      ".",
      `${expires}.`,
      `${Number(expires) + 1}.${signature}`,
      `${expires}0.${signature}`,
      `${expires}.${signature.slice(1)}`,
      `${expires}.${signature}=`,
      `${expires}.${"A".repeat(43)}`,
      `${value}.${signature}`,
      `9${value}`,
    ];
    for (const one of forged) expect(sessions.holds(one), one).toBe(false);
    const other = await createSessions({ ...making, state: createAdapterState(), password: "another password" });
    expect(other.holds(value)).toBe(false);
  });
});

describe("where a login goes on to", () => {
  it.each(["/", "/ask?q=a%20b&follows=a-1", "/documents/x?start=1&end=2#cited", "/documents/%E2%82%AC"])(
    "is a page of ours: %s",
    (path) => expect(ownPath(path, "")).toBe(path),
  );

  it.each([
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "https://evil.example/",
    "https:evil.example",
    "javascript:alert(1)",
    "evil.example",
    "",
    " /ask",
    "/.//evil.example",
    "/a/..//evil.example",
    "/%2e//evil.example",
    "/ask\r\nSet-Cookie: a=b",
    "/ask\u0000",
    "/äsk",
    null,
    undefined,
    7,
    ["/ask"],
  ])("is never anywhere else: %j", (wanted) => {
    const path = ownPath(wanted, "/desk");
    expect(new URL(path, "https://desk.example").origin).toBe("https://desk.example");
    expect(path).toBe("/desk/");
  });
});
