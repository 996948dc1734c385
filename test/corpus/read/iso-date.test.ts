import { describe, expect, it } from "vitest";
import { isoDate, isoFromEpoch } from "../../../src/corpus/read/iso-date.ts";

describe("dates", () => {
  it.each([
    ["2025-11-26", "2025-11-26"],
    ["2025-11", "2025-11"],
    ["2025", "2025"],
    ["2025/11/26", "2025-11-26"],
    ["20251126", "2025-11-26"],
    ["2025-11-26T08:30:00Z", "2025-11-26T08:30:00Z"],
    ["2025-11-26T08:30:00.123+0100", "2025-11-26T08:30:00+01:00"],
    ["2025-11-26 08:30", "2025-11-26T08:30:00"],
    ["Wed, 26 Nov 2025 10:00:00 GMT", "2025-11-26T10:00:00Z"],
    ["Nov. 21, 2025", "2025-11-21"],
    ["November 21st, 2025 at 3:04 pm EST", "2025-11-21T15:04:00-05:00"],
    ["21 November 2025", "2025-11-21"],
    ["26-Nov-2025", "2025-11-26"],
    ["21 de noviembre de 2025", "2025-11-21"],
    ["1er mars 2025", "2025-03-01"],
    ["3. März 2025", "2025-03-03"],
    ["26.11.2025", "2025-11-26"],
    ["13/04/2025", "2025-04-13"],
    ["04/13/2025", "2025-04-13"],
    ["29 February 2024", "2024-02-29"],
  ])("reads %s", (written, iso) => {
    expect(isoDate(written)).toBe(iso);
  });

  it.each([
    "03/04/2025",
    "2025-02-30",
    "29 February 2025",
    "2025-13-01",
    "2025-11-26T25:00:00",
    "0000-00-00",
    "9999-99-99",
    "yesterday",
    "Friday",
    "12345678",
    "",
    "1".repeat(100),
  ])("guesses nothing from %s", (written) => {
    expect(isoDate(written)).toBeNull();
  });

  it("reads seconds and milliseconds since the epoch, within reason", () => {
    expect(isoFromEpoch(1_764_144_000)).toBe("2025-11-26T08:00:00Z");
    expect(isoFromEpoch(1_764_144_000_123)).toBe("2025-11-26T08:00:00Z");
    for (const value of [0, 5, -1, 1e20, Number.NaN]) expect(isoFromEpoch(value)).toBeNull();
  });
});
