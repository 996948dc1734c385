import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { documentId } from "../../src/corpus/prepare.ts";
import { preparedDocument } from "../support/documents.ts";

describe("a document's id", () => {
  it("is what its key ends in and ten digits that tell its place", () => {
    expect(documentId("main", "/news/2010/U.N. Cable — Geneva.txt")).toMatch(/^u-n-cable-geneva-[0-9a-f]{10}$/);
    expect(documentId("main", "C:\\news\\Déjà vu.html")).toMatch(/^deja-vu-[0-9a-f]{10}$/);
    expect(documentId("main", "https://example.org/2010/11/cable/")).toMatch(/^cable-[0-9a-f]{10}$/);
    expect(documentId("main", "нет.txt")).toMatch(/^document-[0-9a-f]{10}$/);
    expect(documentId("main", "")).toMatch(/^document-[0-9a-f]{10}$/);
  });

  it("is the same for the same key, and another for another key or collection", () => {
    expect(documentId("main", "a/index.html")).toBe(documentId("main", "a/index.html"));
    expect(documentId("main", "a/index.html")).not.toBe(documentId("main", "b/index.html"));
    expect(documentId("main", "a/index.html")).not.toBe(documentId("desk", "a/index.html"));
  });

  it("is short, printable and without anything a shell or a link would mind", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (collection, key) => {
        expect(documentId(collection, key)).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?-[0-9a-f]{10}$/);
      }),
    );
  });
});

describe("a prepared document", () => {
  it("has the language it says, else the one its article is in", () => {
    const text =
      "El presidente dijo que la gente no tiene miedo de la guerra.\n\nBUY THE BEST OF THE YEAR AND THE REST OF IT";
    const excluded = [{ start: text.indexOf("BUY"), end: text.length }];
    const language = (said: string) => preparedDocument("a", text, { excluded, language: said }).source.meta.language;
    expect(language("fr")).toBe("fr");
    expect(language("und")).toBe("es");
  });

  it("has a hash that tells a change of text, of what it says of itself, and of what is excluded", () => {
    const hash = (text: string, options = {}) => preparedDocument("a", text, options).hash;
    const base = hash("Some words here.");
    expect(hash("Some words here.")).toBe(base);
    expect(preparedDocument("b", "Some words here.", { title: "Title of a" }).hash).toBe(base);
    expect(hash("Some words there.")).not.toBe(base);
    expect(hash("Some words here.", { outlet: "Gazette" })).not.toBe(base);
    expect(hash("Some words here.", { dateline: "Gazette" })).not.toBe(hash("Some words here.", { outlet: "Gazette" }));
    expect(hash("Some words here.", { excluded: [{ start: 0, end: 4 }] })).not.toBe(base);
  });

  it("has no lone surrogates, and its offsets hold", () => {
    const prepared = preparedDocument("a\ud800", "One \udc00 two.", { title: "\ud83d" });
    expect(prepared.source).toMatchObject({ key: "a\ufffd", text: "One \ufffd two.", meta: { title: "\ufffd" } });
    expect(prepared.passages).toEqual([{ start: 0, end: 10 }]);
  });
});
