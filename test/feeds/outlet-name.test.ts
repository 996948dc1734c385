import { describe, expect, it } from "vitest";
import { outletName } from "../../src/feeds/outlet-name.ts";

describe("the outlet of a feed", () => {
  it.each([
    ["World news | The Guardian", "https://www.theguardian.com/world", "The Guardian"],
    ["BBC News", "https://www.bbc.co.uk/news", "BBC News"],
    ["NYT > World News", "https://www.nytimes.com/section/world", "NYT"],
    ["Al Jazeera – Breaking News, World News and Video from Al Jazeera", "https://www.aljazeera.com", "Al Jazeera"],
    ["tagesschau.de - die erste Adresse für Nachrichten", "https://www.tagesschau.de", "tagesschau.de"],
    ["Le Monde.fr - Actualités et Infos en France", "https://www.lemonde.fr", "Le Monde.fr"],
    ["France 24 - International breaking news", "https://www.france24.com/en/", "France 24"],
    ["Deutsche Welle: DW.com - News", "https://www.dw.com", "DW.com"],
    ["Latest from the harbour", "https://press.example.org", "Latest from the harbour"],
    ["Gazette - Local", "http://127.0.0.1:8080/", "Gazette - Local"],
  ])("of “%s” at %s is “%s”", (title, home, outlet) => {
    expect(outletName(title, [home, null])).toBe(outlet);
  });

  it("is nobody where the feed has no title", () => {
    expect(outletName(null, ["https://www.bbc.co.uk/"])).toBeNull();
  });
});
