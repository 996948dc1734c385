import { describe, expect, it } from "vitest";
import { decode, encodingOf } from "../../../src/corpus/read/decode.ts";
import { NewsroomError } from "../../../src/errors.ts";

const hex = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits.replace(/\s/g, ""), "hex"));
const latin = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));
const wide = (text: string, bigEndian: boolean): Uint8Array => {
  const bytes = Buffer.from(text, "utf16le");
  return Uint8Array.from(bigEndian ? bytes.swap16() : bytes);
};
/** Encodes text by looking every character up in the decoder itself, for encodings of one byte. */
const oneByte = (text: string, label: string): Uint8Array => {
  const table = new Map(
    Array.from({ length: 256 }, (_, byte) => [new TextDecoder(label).decode(Uint8Array.of(byte)), byte] as const),
  );
  return Uint8Array.from(text, (char) => table.get(char)!);
};

describe("decoding", () => {
  it.each([
    ["UTF-8", Buffer.from("\ufeffMañana")],
    ["UTF-16 LE", Buffer.concat([hex("fffe"), wide("Mañana", false)])],
    ["UTF-16 BE", Buffer.concat([hex("feff"), wide("Mañana", true)])],
  ])("believes a byte order mark of %s and leaves it off", (_, bytes) => {
    expect(decode(bytes, "a.txt")).toBe("Mañana");
  });

  it("reads strict UTF-8, with emoji, and keeps line breaks as they are", () => {
    const text = "Ein Satz.\r\nZwei 👩‍👩‍👧‍👦 Sätze.\rDrei.\n";
    expect(decode(Buffer.from(text), "a.txt")).toBe(text);
  });

  it("believes UTF-8 over what a page declares, and the declaration over statistics", () => {
    expect(decode(Buffer.from("Größe"), "a.html", "iso-8859-1")).toBe("Größe");
    expect(decode(hex("95 5c"), "a.html", "shift_jis")).toBe("表");
  });

  it.each([
    "The mayor said on Monday that the bridge must close.\n",
    "Мэр заявил в понедельник, что мост закроют.\nВот так.",
    "市長は月曜日、川に架かる橋を閉鎖すると発表した。\n工事は",
  ])("tells the byte order of UTF-16 without a mark: %s", (text) => {
    expect(encodingOf(wide(text, false), "a.txt")).toBe("utf-16le");
    expect(decode(wide(text, false), "a.txt")).toBe(text);
    expect(decode(wide(text, true), "a.txt")).toBe(text);
  });

  it.each([
    ["windows-1252", "Der Bürgermeister sagte: „Die Brücke muss geschlossen werden“ – sofort."],
    ["windows-1252", "The mayor’s plan costs £4 million, café owners said."],
    ["iso-8859-1", "O prefeito disse que a ponte não será fechada até amanhã."],
    ["koi8-r", "Мэр заявил в понедельник, что мост через реку будет закрыт на девять месяцев."],
    ["windows-1251", "Мэр заявил в понедельник, что мост через реку будет закрыт на девять месяцев."],
    ["iso-8859-2", "Burmistrz powiedział w poniedziałek, że most zostanie zamknięty na dziewięć miesięcy."],
    ["iso-8859-7", "Ο δήμαρχος δήλωσε τη Δευτέρα ότι η γέφυρα θα κλείσει για εννέα μήνες."],
  ])("detects %s", (label, text) => {
    expect(decode(oneByte(text, label), "a.txt")).toBe(text);
  });

  it.each([
    ["Shift_JIS", "8e7392b782cd8c8e976a93fa8141906c82c98b7682a9668bb482f095c28dbd82b782e982c694ad955c82b582bd8142"],
    [
      "GB18030",
      "cad0b3a4d0c7c6dad2bbd0fbb2bca3acbae1bfe7bad3c1f7b5c4b4f3c7c5bdabb9d8b1d5bec5b8f6d4c2bdf8d0d0ceacd0dea1a3",
    ],
    ["EUC-JP", "bbd4c4b9a4cfb7eecdcbc6fca1a2c0eea4cbb2cda4aba4ebb6b6a4f2cac4babfa4b9a4eba4c8c8afc9bda4b7a4bfa1a3"],
  ])("detects %s", (label, digits) => {
    const bytes = hex(digits);
    expect(decode(bytes, "a.txt")).toBe(new TextDecoder(label).decode(bytes));
  });

  it.each([
    ["zero bytes", hex("89504e470d0a1a0a0000000d49484452")],
    ["control characters", Uint8Array.from({ length: 400 }, (_, index) => (index * 7) % 29 || 1)],
    ["noise", Uint8Array.from({ length: 2_000 }, (_, index) => (index * index * 31 + index * 17) % 256)],
  ])("refuses binary data: %s", (_, bytes) => {
    expect(() => decode(bytes, "photo.txt")).toThrow(/^photo\.txt holds binary data/);
    expect(() => decode(bytes, "photo.txt")).toThrow(NewsroomError);
  });

  it.each([
    ["a lone byte among good ones", latin("caf\xc3\xa9 caf\xc3\xa9 na\xc3\xafve \xff ok")],
    ["a cut-off end", Buffer.from("Größe, Größe und Größe für à").subarray(0, -1)],
    ["bytes that no text has", latin("Hello \xff\xfe world")],
    ["such bytes in a sentence", latin("The mayor said \xff\xfe\xfd that the bridge closes on Monday.")],
    ["overlong forms", latin("The mayor \x80\x81\x82 said \xc0\xaf this")],
    ["cut characters", latin("# Title\n\nHello \xc3 broken \xe2\x82")],
  ])("refuses damaged UTF-8: %s", (_, bytes) => {
    expect(() => decode(bytes, "a.txt")).toThrow(/^a\.txt is not valid UTF-8.*[Ss]ave it as UTF-8/);
  });

  it("says where UTF-8 is damaged", () => {
    expect(() => decode(latin("caf\xc3\xa9 caf\xc3\xa9 na\xc3\xafve \xff ok"), "a.txt")).toThrow("offset 19");
  });

  it("never gives a lone surrogate", () => {
    const lone = Buffer.concat([hex("fffe"), wide("ab", false), hex("00d8"), wide("cd", false)]);
    expect(() => decode(lone, "a.txt")).toThrow(/cannot be decoded as UTF-16LE/);
  });

  it("refuses UTF-32 by name", () => {
    expect(() => decode(hex("fffe000041000000"), "a.txt")).toThrow(/UTF-32/);
  });
});
