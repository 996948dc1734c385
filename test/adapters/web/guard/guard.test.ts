import { describe, expect, it } from "vitest";
import { usualLimits } from "../../../../adapters/web/guard/limits.ts";
import { systemRuntime } from "../../../../src/runtime.ts";
import { harbourReports } from "../../../support/harbour-reports.ts";
import { newsroomOver } from "../../../support/newsroom.ts";
import { createTestRuntime } from "../../../support/runtime.ts";
import { createScriptedNewsroom } from "../../../support/scripted-newsroom.ts";
import { sendRaw, siteOver } from "../../../support/web-site.ts";

const newsroom = createScriptedNewsroom();

/** A request as bytes, on a connection that is closed after it. */
function head(line: string, ...headers: readonly string[]): string {
  return [line, ...headers, "Connection: close", "", ""].join("\r\n");
}

describe("every answer", () => {
  it.each(["/", "/documents", "/nowhere", "/health", "/metrics", "/documents/x?start=z", "/ask"])(
    "keeps strangers' text and strangers' pages from doing anything: %s",
    async (path) => {
      const { get } = await siteOver(newsroom);
      const { headers } = await get(path);
      const policy = headers.get("content-security-policy")!;
      expect(policy).toMatch(/^default-src 'none'; /);
      expect(policy).not.toMatch(/unsafe|\*|data:|http/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("require-trusted-types-for 'script'; trusted-types 'none'");
      expect(policy).toContain("base-uri 'none'");
      expect(policy).toContain("form-action 'self'");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("same-origin");
      expect(headers.get("permissions-policy")).toContain("camera=()");
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
      expect(headers.get("set-cookie")).toBeNull();
      expect(headers.get("server")).toBeNull();
      expect(headers.get("x-powered-by")).toBeNull();
      expect(headers.get("access-control-allow-origin")).toBeNull();
    },
  );
});

describe("who is let in", () => {
  it("is nobody under a name that somebody else points at this machine", async () => {
    const { port, log } = await siteOver(newsroom);
    const answer = await sendRaw(port, head("GET / HTTP/1.1", "Host: evil.example"));
    expect(answer).toMatch(/^HTTP\/1\.1 421 /);
    expect(answer).toContain("set PUBLIC_URL");
    expect(await sendRaw(port, head("GET / HTTP/1.1", `Host: localhost:${port}`))).toMatch(/^HTTP\/1\.1 200 /);
    expect(await sendRaw(port, head("GET / HTTP/1.1"))).toMatch(/^HTTP\/1\.1 400 /);
    expect(log.said("error")).toBe("");
  });

  it("is nobody by an address that names another host", async () => {
    const { port } = await siteOver(newsroom);
    const answer = await sendRaw(port, head("GET http://evil.example/ HTTP/1.1", `Host: localhost:${port}`));
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  it("is no other site's page in the background, but whoever follows its link", async () => {
    const { get } = await siteOver(newsroom);
    const from = (site: string, mode: string, dest: string) =>
      get("/", { headers: { "sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": dest } });
    // undici takes sec-fetch-mode for its own: what arrives is what a browser sends.
    expect((await from("cross-site", "no-cors", "image")).status).toBe(403);
    expect((await from("same-origin", "no-cors", "image")).status).toBe(200);
  });

  it("is the proxy alone where nothing else decides, and process managers", async () => {
    const { get } = await siteOver(newsroom, { host: "0.0.0.0", trustedProxies: ["192.0.2.1"] });
    const refused = await get("/");
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain("through their proxy only");
    expect((await get("/metrics")).status).toBe(403);
    expect((await get("/health")).status).toBe(200);
    expect((await get("/ready")).status).toBe(200);
    const through = await siteOver(newsroom, { host: "0.0.0.0", trustedProxies: ["127.0.0.0/8"] });
    expect((await through.get("/")).status).toBe(200);
  });

  it("is refused at the start where everybody would be", async () => {
    await expect(siteOver(newsroom, { host: "0.0.0.0" })).rejects.toMatchObject({ code: "configuration" });
  });
});

describe("what may be sent", () => {
  it.each(["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])("is nothing by %s", async (method) => {
    const { get } = await siteOver(newsroom);
    const response = await get("/ask?q=x", { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, HEAD");
  });

  it("is no body, and a large one is not waited for", async () => {
    const { port, get } = await siteOver(newsroom);
    const length = "Content-Length: 1000000000";
    expect(await sendRaw(port, head("GET / HTTP/1.1", "Host: localhost", length))).toMatch(/^HTTP\/1\.1 413 /);
    expect((await get("/login", { method: "POST", body: "x".repeat(1_000_000) })).status).toBe(405);
  });

  it("is a question of 2,000 characters in any script, but no address beyond that", async () => {
    const { get } = await siteOver((await newsroomOver(harbourReports)).newsroom);
    expect((await get(`/ask?q=${encodeURIComponent("海".repeat(2000))}`)).status).toBe(200);
    const tooLong = await get(`/ask?q=${"a".repeat(25_000)}`);
    expect(tooLong.status).toBe(414);
    expect(await tooLong.text()).toContain("at most 2,000 characters");
  });

  it("is answered in words where the address or the headers have a megabyte", async () => {
    const { port, log } = await siteOver(newsroom);
    const megabyte = "a".repeat(1_000_000);
    for (const request of [
      head(`GET /ask?q=${megabyte} HTTP/1.1`, "Host: localhost"),
      head("GET / HTTP/1.1", "Host: localhost", `X-Long: ${megabyte}`),
      head("GET / HTTP/1.1", "Host: localhost", ...Array.from({ length: 50_000 }, (_, i) => `X-${i}: a`)),
    ]) {
      const answer = await sendRaw(port, request);
      expect(answer).toMatch(/^HTTP\/1\.1 431 /);
      expect(answer).toContain("too long. Ask in at most 2,000 characters.");
      expect(answer).toContain("Content-Security-Policy: default-src 'none'");
    }
    expect(log.said("error")).toBe("");
  });

  it.each([
    ["no HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n"],
    ["TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc"],
    ["two lengths", head("POST / HTTP/1.1", "Host: localhost", "Content-Length: 5", "Content-Length: 6")],
    ["a length and chunks", head("GET / HTTP/1.1", "Host: a", "Content-Length: 5", "Transfer-Encoding: chunked")],
    ["a NUL", head("GET /\u0000 HTTP/1.1", "Host: localhost")],
  ])("is answered in words where it is %s", async (_what, bytes) => {
    const { port, get } = await siteOver(newsroom);
    const answer = await sendRaw(port, Buffer.from(bytes, "latin1"));
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(answer).toContain("That is not a request that can be read.");
    expect((await get("/health")).status).toBe(200);
  });
});

describe("how often", () => {
  it("is limited by address, with the time to wait", async () => {
    const runtime = createTestRuntime();
    const site = await siteOver((await newsroomOver(harbourReports)).newsroom, {
      runtime: { ...systemRuntime, monotonic: runtime.monotonic },
      limits: { burst: 3, refillPerSecond: 0.5, askCost: 2 },
    });
    const statuses = async (paths: readonly string[]) => {
      const found: number[] = [];
      for (const path of paths) found.push((await site.get(path)).status);
      return found;
    };
    expect(await statuses(["/", "/ask?q=why", "/"])).toEqual([200, 200, 429]);
    const refused = await site.get("/", { headers: { accept: "application/json" } });
    expect(refused.headers.get("retry-after")).toBe("2");
    expect(await refused.json()).toEqual({
      error: {
        code: "too-many-requests",
        message: "There were too many requests from your address. Try again in 2 seconds.",
      },
    });
    expect(await statuses(["/health", "/health"])).toEqual([200, 200]);
    runtime.pass(2_000);
    expect(await statuses(["/", "/"])).toEqual([200, 429]);
  });

  it("counts each client behind a trusted proxy, and believes nobody else about who they are", async () => {
    const limits = { burst: 1, refillPerSecond: 0.001 };
    const as = (address: string) => ({ headers: { "x-forwarded-for": address } });
    const behind = await siteOver(newsroom, { trustedProxies: ["127.0.0.1"], limits });
    expect((await behind.get("/", as("198.51.100.1"))).status).toBe(200);
    expect((await behind.get("/", as("198.51.100.1"))).status).toBe(429);
    expect((await behind.get("/", as("198.51.100.2"))).status).toBe(200);
    const direct = await siteOver(newsroom, { limits });
    expect((await direct.get("/", as("198.51.100.1"))).status).toBe(200);
    expect((await direct.get("/", as("198.51.100.2"))).status).toBe(429);
  });

  it("leaves room for people: a page every second of a working day", () => {
    expect(usualLimits.refillPerSecond).toBeGreaterThan(usualLimits.askCost);
  });
});
