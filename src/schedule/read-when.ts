/** Reads when a digest is wanted as a person says it: “weekdays at 7.30”, “mondays 9am Europe/Berlin”, “0 8 * * 1-5”. */
import { NewsroomError } from "../errors.ts";
import { canonicalCron, looksLikeCron, readCron } from "./cron.ts";
import { nearestOf } from "./nearest.ts";
import { isZoneAbbreviation, nearestZone, readZone, zoneOfCity } from "./read-zone.ts";
import type { Schedule } from "./schedule.ts";
import { writeSchedule } from "./write-schedule.ts";

/** What a text says; null for what it does not say. */
export interface When {
  readonly schedule: Schedule | null;
  readonly zone: string | null;
}

const everyDay = [0, 1, 2, 3, 4, 5, 6];
const workdays = [1, 2, 3, 4, 5];
/** When nobody says a time: before the morning's meeting. */
const usualMinute = 8 * 60;

/** What a digest is by, when nothing is said. */
export const usualSchedule: Schedule = { kind: "days", days: everyDay, minute: usualMinute };

const dayNames = "sunday monday tuesday wednesday thursday friday saturday".split(" ");
const dayWords = new Map<string, readonly number[]>([
  ...["daily", "day", "days", "everyday"].map((word) => [word, everyDay] as const),
  ...["weekday", "workday"].map((word) => [word, workdays] as const),
  ["weekend", [0, 6]],
  ...dayNames.flatMap((name, day) => [name, name.slice(0, 3)].map((word) => [word, [day]] as const)),
  ["tues", [2]],
  ["thur", [4]],
  ["thurs", [4]],
]);
const timeWords = new Map([
  ["noon", 720],
  ["midday", 720],
  ["midnight", 0],
]);
const fillers = new Set("at on in every each the and a & local time o'clock o’clock oclock um uhr from".split(" "));
/** What people say for a schedule and ours has other words for. */
const otherWords: Readonly<Record<string, string>> = {
  hourly: "0 * * * *",
  hour: "0 * * * *",
  weekly: "mondays at 08:00",
  week: "mondays at 08:00",
  monthly: "0 8 1 * *",
  month: "0 8 1 * *",
  morning: "daily at 08:00",
  evening: "daily at 18:00",
};

/** A text that cannot be read: what is wrong with it, and a text that is nearer to a right one, if any. */
class Unreadable extends Error {
  readonly nearest: string | null;

  constructor(sentence: string, nearest: string | null) {
    super(sentence);
    this.nearest = nearest;
  }
}

function fault(sentence: string, nearest: string | null): Unreadable {
  return new Unreadable(sentence, nearest);
}

/** No schedule needs more. */
const longestText = 200;

const shown = (text: string): string => text.slice(0, 60);

/** The days that a word names, plural or not; null when it names none. */
function daysOf(word: string): readonly number[] | null {
  return dayWords.get(word) ?? dayWords.get(word.replace(/s$/, "")) ?? null;
}

/** "mon-fri", "friday–monday": from one day through the week to the other. */
function dayRange(word: string): readonly number[] | null {
  const [from, to, ...more] = word.split(/[-–—]/).map((end) => daysOf(end));
  if (from?.length !== 1 || to?.length !== 1 || more.length > 0) return null;
  const length = (to[0]! - from[0]! + 7) % 7;
  return Array.from({ length: length + 1 }, (_, i) => (from[0]! + i) % 7);
}

interface TimeReading {
  readonly minute: number;
  /** What is wrong with it as it was written; `minute` is then the nearest that is right. */
  readonly fault: string | null;
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

function timeOf(word: string): TimeReading | null {
  const named = timeWords.get(word);
  if (named !== undefined) return { minute: named, fault: null };
  const together =
    /^(\d{1,2}?)(?:[:.h]?(\d{2}))?h?(am|pm)?$/.exec(word) ?? /^(\d{1,3})[:.h](\d{1,3})(am|pm)?$/.exec(word);
  if (!together) return null;
  const [, hours = "", minutes = "0", half] = together;
  const [hour, minute] = [Number(hours), Number(minutes)];
  const wrong = half ? hour < 1 || hour > 12 : hour > 23;
  const past = half === undefined || hour > 12 ? hour : (hour % 12) + (half === "pm" ? 12 : 0);
  const sentence = wrong || minute > 59 ? `There is no ${shown(word)} on a clock.` : null;
  return { minute: (past * 60 + minute) % 1_440, fault: sentence };
}

/** A zone that is written as one: with a slash, UTC, GMT, or an offset from them; taken out of the words. */
function takeZone(words: readonly string[]): { readonly zone: string | null; readonly rest: readonly string[] } {
  const start = words.findIndex(
    (word) =>
      /^[a-z]{2,}[a-z_+-]*\/[a-z]/i.test(word) ||
      /^(?:(?:utc|gmt)(?:[+-][\d:]+)?|z|[+-]\d{1,2}:?\d{2})$/i.test(word) ||
      isZoneAbbreviation(word),
  );
  if (start < 0) return { zone: null, rest: words };
  // "America/New York": as many words as make a zone, the most first.
  const lengths = words[start]!.includes("/") ? [3, 2] : [];
  const length =
    lengths.find(
      (count) => start + count <= words.length && "zone" in readZone(words.slice(start, start + count).join(" ")),
    ) ?? 1;
  const named = words.slice(start, start + length).join(" ");
  const rest = [...words.slice(0, start), ...words.slice(start + length)];
  const reading = readZone(named);
  if ("zone" in reading) return { zone: reading.zone, rest };
  const nearest = reading.nearest === null ? null : [...rest, reading.nearest].join(" ");
  throw fault(reading.sentence, nearest);
}

/** Where a cron expression stands among the words: at their beginning, or, complete, after other words; null where none is. */
function findCron(words: readonly string[]): { readonly start: number; readonly length: number } | null {
  for (let start = 0; start < words.length; start++) {
    if (words[start]!.startsWith("@")) return { start, length: 1 };
    for (let length = Math.min(7, words.length - start); length >= (start === 0 ? 3 : 5); length--)
      if (looksLikeCron(words.slice(start, start + length).join(" "))) return { start, length };
  }
  return null;
}

function cronSchedule(text: string, zone: string | null): Schedule {
  const read = readCron(text);
  if ("sentence" in read)
    throw fault(read.sentence, read.nearest === null ? null : [read.nearest, zone ?? ""].join(" ").trim());
  return { kind: "cron", expression: canonicalCron(text) };
}

/** What is left when days and times are out: a city, or a word that nobody can read. */
function zoneOfRest(rest: readonly string[], soFar: Schedule | null): string | null {
  if (rest.length === 0) return null;
  const text = rest.join(" ");
  const city = zoneOfCity(text);
  if (city) return city;
  const first = rest[0]!.toLowerCase();
  if (Object.hasOwn(otherWords, first)) throw fault(`“${shown(first)}” is not precise enough.`, otherWords[first]!);
  const vocabulary = [...dayWords.keys(), ...timeWords.keys()].filter((word) => word.length > 3);
  const word = nearestOf(first, vocabulary, (one) => [one, `${one}s`]);
  const base = soFar === null ? "" : `${writeSchedule(soFar)} `;
  const zone = nearestZone(text);
  if (word === null)
    throw fault(
      `“${shown(text)}” is neither a time nor a place${zone === null ? "; topics go after “topics:”" : ""}.`,
      zone === null ? null : `${base || "daily at 08:00 "}${zone}`,
    );
  const days = daysOf(word);
  const minute = soFar?.kind === "days" ? soFar.minute : (timeWords.get(word) ?? usualMinute);
  throw fault(`“${shown(first)}” is no day or time.`, writeSchedule({ kind: "days", days: days ?? everyDay, minute }));
}

function daysSchedule(
  words: readonly string[],
  zone: string | null,
): {
  readonly schedule: Schedule | null;
  readonly rest: readonly string[];
} {
  const days = new Set<number>();
  const times: TimeReading[] = [];
  const rest: string[] = [];
  for (const word of words) {
    const lower = word.toLowerCase();
    const time = timeOf(lower);
    const named = daysOf(lower) ?? dayRange(lower);
    if (time) times.push(time);
    else if (named) for (const day of named) days.add(day);
    else if (!fillers.has(lower)) rest.push(word);
  }
  if (times.length === 0 && days.size === 0) return { schedule: null, rest };
  const on = days.size === 0 ? everyDay : [...days].sort((a, b) => a - b);
  const minutes = [...new Set(times.map(({ minute }) => minute))].sort((a, b) => a - b);
  const schedule: Schedule = { kind: "days", days: on, minute: minutes[0] ?? usualMinute };
  const wrong = times.find((time) => time.fault !== null);
  const inZone = (text: string): string => [text, zone ?? "", ...rest].join(" ").replace(/\s+/g, " ").trim();
  if (wrong) throw fault(wrong.fault!, inZone(writeSchedule({ ...schedule, minute: wrong.minute })));
  if (minutes.length > 1) throw severalTimes(minutes, on, schedule, inZone);
  return { schedule, rest };
}

function severalTimes(
  minutes: readonly number[],
  days: readonly number[],
  first: Schedule,
  inZone: (text: string) => string,
): Unreadable {
  const past = minutes.map((minute) => minute % 60);
  const same = past.every((one) => one === past[0]);
  const hours = minutes.map((minute) => Math.floor(minute / 60)).join(",");
  const on = days.length === 7 ? "*" : days.join(",");
  const nearest = same ? `${past[0]} ${hours} * * ${on}` : writeSchedule(first);
  return fault(
    `A digest by days comes once a day, not at ${minutes.map(clock).join(" and ")}; by cron it can come more often.`,
    inZone(nearest),
  );
}

/** A list of days is several words; one inside a cron expression is one. */
function daysApart(text: string): string {
  return /[*@]|^\s*\d+\s+[\d,-]+\s+\d/.test(text) ? text : text.replace(/(?<=[a-z]{3}),(?=[a-z]{3})/gi, " ");
}

/** The words of a text: “9 am” and “monday to friday” made one, marks around an expression left off. */
function wordsOf(text: string): readonly string[] {
  const plain = text
    .replace(/[`"“”]/g, " ")
    .replace(/(\d)\s*(a|p)\.?\s?m\b\.?/gi, "$1$2m")
    .replace(/\b(UTC|GMT)\s*([+-])\s*(?=\d)/gi, "$1$2")
    .replace(
      /\b([a-z]{3,9})\s+(?:to|through|until|till|-|–|—)\s+([a-z]{3,9})\b/gi,
      (whole, from: string, to: string) => (dayRange(`${from}-${to}`.toLowerCase()) ? `${from}-${to}` : whole),
    )
    .replace(/^\s*(?:by\s+)?cron\b:?/i, "")
    .replace(/,(?=\s|$)|;/g, " ");
  return daysApart(plain)
    .split(/\s+/)
    .filter((word) => word !== "");
}

function interpret(text: string): When {
  const { zone, rest: words } = takeZone(wordsOf(text));
  const cron = findCron(words);
  if (!cron) {
    const { schedule, rest } = daysSchedule(words, zone);
    const named = zoneOfRest(rest, schedule);
    return { schedule, zone: zone ?? named };
  }
  const end = cron.start + cron.length;
  const rest = [...words.slice(0, cron.start), ...words.slice(end)].filter((word) => !fillers.has(word.toLowerCase()));
  const schedule = cronSchedule(words.slice(cron.start, end).join(" "), zone);
  const named = zoneOfRest(rest, schedule);
  return { schedule, zone: zone ?? named };
}

/** A text that can be read: `nearest`, or what is nearest to that, and so on; null when that leads nowhere. */
function settled(nearest: string | null): string | null {
  let text = nearest;
  for (let corrections = 0; text !== null && corrections < 4; corrections++) {
    try {
      interpret(text);
      return text;
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      text = error.nearest;
    }
  }
  return null;
}

/**
 * Reads days and a time, or a cron expression, and a zone anywhere beside them. Throws `usage` for what it cannot read,
 * with the nearest text that it can.
 */
export function readWhen(text: string): When {
  try {
    return interpret(text.slice(0, longestText));
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const nearest = settled(error.nearest);
    const better =
      nearest === null
        ? "For example: “daily at 08:00”, “weekdays at 7.30 Europe/Berlin”."
        : `Did you mean “${nearest}”?`;
    throw new NewsroomError("usage", `${error.message} ${better}`);
  }
}
