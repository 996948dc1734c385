import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readWhen } from "../../src/schedule/read-when.ts";
import { readZone, zonesLike } from "../../src/schedule/read-zone.ts";
import type { Schedule } from "../../src/schedule/schedule.ts";
import { writeSchedule } from "../../src/schedule/write-schedule.ts";

/** What a text is read as, in words. */
function read(text: string): string {
  const { schedule, zone } = readWhen(text);
  return [schedule === null ? "no time" : writeSchedule(schedule), zone].filter((part) => part !== null).join(", ");
}

function refusal(text: string): string {
  try {
    return `no refusal: ${read(text)}`;
  } catch (error) {
    expect(error).toMatchObject({ name: "NewsroomError", code: "usage" });
    return (error as Error).message;
  }
}

describe("reading when a digest is wanted", () => {
  it.each([
    ["daily at 08:00", "daily at 08:00"],
    ["Every day at 8", "daily at 08:00"],
    ["8:00", "daily at 08:00"],
    ["0830", "daily at 08:30"],
    ["17h30", "daily at 17:30"],
    ["at 8.30 p.m.", "daily at 20:30"],
    ["12am", "daily at 00:00"],
    ["12 pm", "daily at 12:00"],
    ["at noon", "daily at 12:00"],
    ["weekdays at 7.30", "weekdays at 07:30"],
    ["monday to friday 9 am", "weekdays at 09:00"],
    ["mon-fri, 7:30", "weekdays at 07:30"],
    ["weekends", "weekends at 08:00"],
    ["saturdays and sundays at 10", "weekends at 10:00"],
    ["mondays 9am", "Mondays at 09:00"],
    ["every Tue, Thu at 6:05pm", "Tuesdays and Thursdays at 18:05"],
    ["mon,wed,fri 09:00", "Mondays, Wednesdays and Fridays at 09:00"],
    ["fri-mon 10:00", "Mondays, Fridays, Saturdays and Sundays at 10:00"],
    ["0 8 * * 1-5", "by cron 0 8 * * 1-5"],
    ["cron: 0 8,17 * * MON,FRI", "by cron 0 8,17 * * mon,fri"],
    ["`5 4 1 jan *`", "by cron 5 4 1 jan *"],
    ["@weekly", "by cron 0 0 * * 0"],
    ["", "no time"],
  ])("reads “%s”", (text, meant) => {
    expect(read(text)).toBe(meant);
  });

  it.each([
    ["daily at 08:00 Europe/Berlin", "daily at 08:00, Europe/Berlin"],
    ["europe/berlin daily 8", "daily at 08:00, Europe/Berlin"],
    ["America/New York 7am weekdays", "weekdays at 07:00, America/New_York"],
    ["weekdays at 7.30 London time", "weekdays at 07:30, Europe/London"],
    ["at 8 in new york", "daily at 08:00, America/New_York"],
    ["mondays at 9 in America/Argentina/Buenos_Aires", "Mondays at 09:00, America/Argentina/Buenos_Aires"],
    ["8:00 mon,wed Berlin", "Mondays and Wednesdays at 08:00, Europe/Berlin"],
    ["in Berlin 0 8 * * mon,fri", "by cron 0 8 * * mon,fri, Europe/Berlin"],
    ["8:00 UTC", "daily at 08:00, UTC"],
    ["0 8 * * 1-5 Asia/Tokyo", "by cron 0 8 * * 1-5, Asia/Tokyo"],
    ["Berlin 0 8 * * *", "by cron 0 8 * * *, Europe/Berlin"],
    ["Europe/Kyiv", "no time, Europe/Kyiv"],
  ])("finds the zone anywhere in “%s”", (text, meant) => {
    expect(read(text)).toBe(meant);
  });

  it.each([
    ["25:00", "There is no 25:00 on a clock. Did you mean “daily at 01:00”?"],
    ["weekdays at 8:75", "There is no 8:75 on a clock. Did you mean “weekdays at 09:15”?"],
    ["mondays 13pm", "There is no 13pm on a clock. Did you mean “Mondays at 13:00”?"],
    ["dayly at 8", "“dayly” is no day or time. Did you mean “daily at 08:00”?"],
    ["wednsdays at 8", "“wednsdays” is no day or time. Did you mean “Wednesdays at 08:00”?"],
    ["hourly", "“hourly” is not precise enough. Did you mean “0 * * * *”?"],
    ["daily at 8 and 17", "Did you mean “0 8,17 * * *”?"],
    ["weekdays at 8 and 17:30", "Did you mean “weekdays at 08:00”?"],
    [
      "daily at 08:00 Europe/Berlni",
      "There is no time zone “Europe/Berlni”. Did you mean “daily at 08:00 Europe/Berlin”?",
    ],
    ["daily at 08:00 Berlni", "“Berlni” is neither a time nor a place. Did you mean “daily at 08:00 Europe/Berlin”?"],
    [
      "daily at 8 EST",
      "“EST” does not say where, and so not when summer time begins. Did you mean “daily at 8 America/New_York”?",
    ],
    ["8:00 UTC+2", "Did you mean “8:00 Etc/GMT-2”?"],
    ["61 8 * * *", "The minute goes from 0 to 59, not 61. Did you mean “59 8 * * *”?"],
    ["0 25 * * mon-fri", "The hour goes from 0 to 23, not 25. Did you mean “0 23 * * mon-fri”?"],
    ["0 8 * * 5-1", "Did you mean “0 8 * * 1-5”?"],
    ["0 8 * * 8", "Did you mean “0 8 * * 7”?"],
    [
      "0 0 8 * * *",
      "A cron expression has five fields (without seconds): minute, hour, day, month, day of the week. Did you mean “0 8 * * *”?",
    ],
    ["0 8 * *", "Did you mean “0 8 * * *”?"],
    ["*/15 * * * *", "A digest comes at most once an hour. Did you mean “0 * * * *”?"],
    ["0 8 31 2 *", "That month has no day 31. Did you mean “0 8 29 2 *”?"],
    ["0 8 * * */0", "“/0” is no step. Did you mean “0 8 * * *”?"],
    ["@reboot", "Did you mean “@daily”?"],
    ["daily at 8 whenever Europe/Berlin", "“whenever” is neither a time nor a place; topics go after “topics:”."],
    ["8:75 Europe/Berlni", "There is no time zone “Europe/Berlni”. Did you mean “daily at 09:15 Europe/Berlin”?"],
    ["tomorrow", "For example: “daily at 08:00”"],
  ])("refuses “%s” with the nearest that is right", (text, sentence) => {
    expect(refusal(text)).toContain(sentence);
  });

  it("suggests only what it reads itself", () => {
    const bad = [
      "25:00",
      "8:75 Europe/Berlni",
      "61 25 32 13 8",
      "0 0 8 * * *",
      "*/5 */3 * * *",
      "dayly",
      "8 EST",
      "8 and 17",
    ];
    for (const text of bad) {
      const [, suggestion] = /Did you mean “(.+)”\?/.exec(refusal(text)) ?? [];
      expect(() => readWhen(suggestion!), `${text} → ${suggestion}`).not.toThrow();
    }
  });

  it("reads back what it writes", () => {
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }).map((some) => some.sort());
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(days, minute, (some, at) => {
        const schedule: Schedule = { kind: "days", days: some, minute: at };
        expect(readWhen(`${writeSchedule(schedule)} Europe/Paris`)).toEqual({ schedule, zone: "Europe/Paris" });
      }),
    );
  });

  it("answers any text with a schedule or one sentence", () => {
    const words = fc.constantFrom(
      "daily",
      "at",
      "8",
      "25:00",
      "mon-fri",
      "*/5",
      "0",
      "Europe/Berlin",
      "utc+99",
      "@",
      "pm",
      "/",
      ",",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(words, { maxLength: 9 }).map((some) => some.join(" ")),
    );
    fc.assert(
      fc.property(text, (given) => {
        try {
          readWhen(given);
        } catch (error) {
          expect(error).toMatchObject({ code: "usage" });
          expect((error as Error).message.length).toBeLessThan(400);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("reading a zone", () => {
  it.each([
    ["europe/berlin", "Europe/Berlin"],
    ["new york", "America/New_York"],
    ["US/Eastern", "America/New_York"],
    ["Asia/Calcutta", "Asia/Kolkata"],
    ["Europe/Kiev", "Europe/Kyiv"],
    ["Buenos Aires", "America/Argentina/Buenos_Aires"],
    ["GMT", "UTC"],
  ])("knows “%s”", (text, zone) => {
    expect(readZone(text)).toEqual({ zone });
  });

  it.each([
    ["Mars/Phobos", null],
    ["CEST", "Europe/Berlin"],
    ["GMT-5", "Etc/GMT+5"],
    ["Asia/Tokio", "Asia/Tokyo"],
    ["", null],
  ])("refuses “%s”", (text, nearest) => {
    expect(readZone(text)).toMatchObject({ nearest, sentence: expect.any(String) });
  });

  it("completes names and cities, one's own first", () => {
    expect(zonesLike("berl", null)[0]).toBe("Europe/Berlin");
    expect(zonesLike("new y", null)).toEqual(["America/New_York"]);
    expect(zonesLike("", "Asia/Tokyo")[0]).toBe("Asia/Tokyo");
  });
});
