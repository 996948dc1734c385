import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { axeFindings } from "./axe.ts";
import { describeInBrowser } from "./browser.ts";

const server = createServer((_request, response) => {
  response.setHeader("content-type", "text/html");
  response.end("<!doctype html><title>Here</title><p>Seen<script>throw new Error('seen too')</script>");
});
let address = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => server.close());

describeInBrowser("a visitor", (visit) => {
  it("sees a page, and tells what was fetched and what went wrong", async () => {
    const { page, requested, complaints } = await visit();
    await page.goto(address);
    expect(await page.textContent("p")).toContain("Seen");
    expect(requested).toContain(address);
    expect(requested.filter((url) => !url.startsWith(address))).toEqual([]);
    expect(complaints.join()).toContain("seen too");
  });

  it("hears from axe what is hard to read, and what is hard to use", async () => {
    const { page } = await visit();
    await page.setContent(
      '<html lang="en"><title>t</title><main><h1 style="color:#bbb">Pale</h1><input></main></html>',
    );
    expect((await axeFindings(page, "contrast")).join()).toMatch(/^color-contrast: [^,]*$/);
    expect((await axeFindings(page)).join()).toMatch(/color-contrast.*label/s);
  });

  it("remembers nothing of another visitor", async () => {
    const first = await visit();
    await first.page.goto(address);
    await first.context.addCookies([{ name: "a", value: "b", url: address }]);
    expect(await (await visit()).context.cookies()).toEqual([]);
  });
});
