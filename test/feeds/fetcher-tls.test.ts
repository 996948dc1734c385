import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buildConnector } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDial } from "../../src/feeds/connect.ts";
import type { FetchOutcome } from "../../src/feeds/feed.ts";
import { createFetcher } from "../../src/feeds/fetcher.ts";

const folder = join(import.meta.dirname, "../fixtures/tls");
/** Of wire.example, by itself; made for this test alone. */
const cert = readFileSync(join(folder, "wire-cert.pem"), "utf8");
let server: Server;
const names: unknown[] = [];

beforeAll(async () => {
  server = createServer({ cert, key: readFileSync(join(folder, "wire-key.pem")) }, (request, response) => {
    names.push(request.headers.host, (request.socket as unknown as { servername: unknown }).servername);
    response.end("<rss/>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => void server.close());

function fetchFrom(host: string, trusted: boolean): Promise<FetchOutcome> {
  const dial = trusted ? buildConnector({ ca: cert, timeout: 2_000, allowH2: false }) : createDial(2_000);
  const fetcher = createFetcher({
    allowedPrivateHosts: [host],
    resolve: async () => ["127.0.0.1"],
    dial,
    deadlineMs: 5_000,
  });
  return fetcher.fetch({ address: `https://${host}:${(server.address() as AddressInfo).port}/`, accept: "*/*" });
}

describe("an encrypted connection to a checked address", () => {
  it("is made in the name of the site", async () => {
    expect((await fetchFrom("wire.example", true)).kind).toBe("fetched");
    expect(names).toEqual([expect.stringMatching(/^wire\.example:\d+$/), "wire.example"]);
  });

  it("is refused when the certificate is another site's, or nobody vouches for it", async () => {
    expect(await fetchFrom("other.example", true)).toMatchObject({ kind: "failed", reason: "tls" });
    expect(await fetchFrom("127.0.0.1", true)).toMatchObject({ kind: "failed", reason: "tls" });
    expect(await fetchFrom("wire.example", false)).toMatchObject({ kind: "failed", reason: "tls" });
  });
});
