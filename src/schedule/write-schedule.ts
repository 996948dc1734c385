/** Writes a schedule and its times the way a person reads them; what is written here is read again by readWhen. */
import { wallTimeAt } from "./local-time.ts";
import type { Schedule } from "./schedule.ts";

const dayNames = "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" ");
const months = "January February March April May June July August September October November December".split(" ");

const two = (value: number): string => String(value).padStart(2, "0");

function daysWords(days: readonly number[]): string {
  const named = days.join("");
  if (named === "0123456") return "daily";
  if (named === "12345") return "weekdays";
  if (named === "06") return "weekends";
  // The week begins on Monday.
  const names = days.toSorted((a, b) => ((a + 6) % 7) - ((b + 6) % 7)).map((day) => `${dayNames[day]}s`);
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** "daily at 08:00", "Mondays and Fridays at 07:30", "by cron 0 8 * * 1-5". */
export function writeSchedule(schedule: Schedule): string {
  if (schedule.kind === "cron") return `by cron ${schedule.expression}`;
  return `${daysWords(schedule.days)} at ${two(Math.floor(schedule.minute / 60))}:${two(schedule.minute % 60)}`;
}

/** "Saturday 21 November 2026, 08:00" by the clocks of a zone. */
export function writeInstant(timeZone: string, instant: number): string {
  const wall = new Date(wallTimeAt(timeZone, instant));
  const day = `${dayNames[wall.getUTCDay()]} ${wall.getUTCDate()} ${months[wall.getUTCMonth()]} ${wall.getUTCFullYear()}`;
  return `${day}, ${two(wall.getUTCHours())}:${two(wall.getUTCMinutes())}`;
}
