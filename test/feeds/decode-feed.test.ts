import { describe, expect, it } from "vitest";
import { decodeFeed } from "../../src/feeds/decode-feed.ts";

const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");
const utf8 = (text: string): Uint8Array => Buffer.from(text, "utf8");
const utf16be = (text: string): Uint8Array => Buffer.from(text, "utf16le").swap16();
const utf32 = (text: string, littleEndian: boolean): Uint8Array =>
  Buffer.concat(
    [...text].map((char) => {
      const unit = Buffer.alloc(4);
      if (littleEndian) unit.writeUInt32LE(char.codePointAt(0)!);
      else unit.writeUInt32BE(char.codePointAt(0)!);
      return unit;
    }),
  );
const xml = (encoding: string, inside: string): string =>
  `<?xml version="1.0" encoding="${encoding}"?><rss>${inside}</rss>`;
const plain = "<rss>żółć 𝒳 日本</rss>";

describe("the encoding of a feed", () => {
  it.each([
    ["UTF-8", utf8(`\ufeff${plain}`)],
    ["UTF-16, little end first", Buffer.from(`\ufeff${plain}`, "utf16le")],
    ["UTF-16, big end first", utf16be(`\ufeff${plain}`)],
    ["UTF-32, little end first", utf32(`\ufeff${plain}`, true)],
    ["UTF-32, big end first", utf32(`\ufeff${plain}`, false)],
  ])("is that of its byte order mark first: %s", (_, bytes) => {
    expect(decodeFeed(bytes, "text/xml; charset=iso-8859-1").replace("\ufeff", "")).toBe(plain);
  });

  it("is seen without a mark where every other byte is empty", () => {
    for (const bytes of [Buffer.from(plain, "utf16le"), utf16be(plain), utf32(plain, true), utf32(plain, false)]) {
      expect(decodeFeed(bytes, null)).toBe(plain);
    }
  });

  it("is what the server says before what the feed says", () => {
    const bytes = Buffer.concat([latin1(xml("iso-8859-1", "")), Buffer.from([0xcf, 0xf0])]);
    expect(decodeFeed(bytes, "text/xml;charset='windows-1251'")).toMatch(/Пр$/);
    expect(decodeFeed(bytes, "text/xml")).toMatch(/Ïð$/);
  });

  it("is what the feed says where the server says nothing that fits", () => {
    const bytes = Buffer.concat([latin1(xml("koi8-r", "")), Buffer.from([0xf0, 0xf2])]);
    for (const contentType of [
      null,
      "text/xml",
      "text/xml; charset=nonsense",
      "text/xml; charset=utf-8",
      "text/xml; charset=",
    ]) {
      expect(decodeFeed(bytes, contentType), String(contentType)).toMatch(/ПР$/);
    }
  });

  it("is UTF-8 where the bytes are that beyond ASCII, though a server names its default", () => {
    const bytes = utf8(xml("utf-8", "naïve café – “so”"));
    for (const contentType of [
      "text/xml; charset=iso-8859-1",
      "text/xml; charset=us-ascii",
      "text/xml; charset=windows-1252",
    ]) {
      expect(decodeFeed(bytes, contentType)).toContain("naïve café – “so”");
    }
    expect(decodeFeed(utf8(xml("iso-8859-1", "naïve")), null)).toContain("naïve");
  });

  it("is found out where nobody says it", () => {
    const german =
      "<rss><title>Die Größe der Flüsse über den Städten, für alle schön erklärt: Äpfel, Öl, Übermut</title></rss>";
    expect(decodeFeed(latin1(german), null)).toBe(german);
  });

  it("never fails: damaged bytes are shown as such, the rest is kept", () => {
    const bytes = Buffer.concat([utf8("<rss>żółć żółć żółć "), Buffer.from([0xff]), utf8(" żółć</rss>")]);
    expect(decodeFeed(bytes, "text/xml; charset=utf-8")).toBe("<rss>żółć żółć żółć \ufffd żółć</rss>");
    expect(decodeFeed(bytes, null)).toBe("<rss>żółć żółć żółć \ufffd żółć</rss>");
    expect(decodeFeed(new Uint8Array(), null)).toBe("");
    expect(decodeFeed(Buffer.concat([latin1(xml("nonsense-1", "x")), Buffer.from([0xff])]), null)).toMatch(
      /<rss>x<\/rss>/,
    );
  });
});
