/** Reads a period of publication out of a question: "published since March 2024", "reported in 2019", "coverage before 2020-05-01". */

import type { Period } from "./question.ts";

const months = "january february march april may june july august september october november december".split(" ");
const date = `(\\d{4}-\\d{2}-\\d{2}|(?:(?:\\d{1,2}\\s+)?(?:${months.join("|")})(?:\\s+\\d{1,2},?)?\\s+)?\\d{4})`;
const phrase = new RegExp(
  `\\b(?:published|reported|coverage|articles?|stories|reports|printed)\\s+(?:\\w+\\s+){0,2}?(in|on|from|since|after|before|until|between)\\s+${date}(?:\\s+(?:and|to)\\s+${date})?`,
  "i",
);

/** The first and last day that a written date covers: a day, a month or a year. */
function span(text: string): Period {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { from: text, to: text };
  const year = /\d{4}/.exec(text)![0];
  const month = months.findIndex((name) => text.toLowerCase().includes(name));
  if (month < 0) return { from: `${year}-01-01`, to: `${year}-12-31` };
  const two = String(month + 1).padStart(2, "0");
  const day = /\b(\d{1,2})\b(?!\d)/.exec(text.replace(year, ""))?.[1];
  if (day !== undefined)
    return { from: `${year}-${two}-${day.padStart(2, "0")}`, to: `${year}-${two}-${day.padStart(2, "0")}` };
  const last = new Date(Date.UTC(Number(year), month + 1, 0)).getUTCDate();
  return { from: `${year}-${two}-01`, to: `${year}-${two}-${last}` };
}

/** The ISO date so many days after another; a date that no calendar has, or at the end of all years, stays as it is. */
function shifted(date: string, days: number): string {
  const time = Date.parse(date) + days * 86_400_000;
  const iso = Number.isNaN(time) ? date : new Date(time).toISOString();
  return /^\d{4}-/.test(iso) ? iso.slice(0, 10) : date;
}

/** A period with the words that name it, as UTF-16 offsets. */
export interface PeriodReading {
  readonly period: Period;
  readonly start: number;
  readonly end: number;
}

/** The period of publication a question names, or null: a date in the matter itself is not one. */
export function readPeriod(text: string): PeriodReading | null {
  const match = phrase.exec(text);
  if (!match) return null;
  return { period: periodOf(match), start: match.index, end: match.index + match[0].length };
}

function periodOf(match: RegExpExecArray): Period {
  const one = span(match[2]!);
  switch (match[1]!.toLowerCase()) {
    case "since":
    case "from":
      return { from: one.from, to: match[3] === undefined ? "9999-12-31" : span(match[3]).to };
    case "after":
      return { from: shifted(one.to, 1), to: "9999-12-31" };
    case "before":
      return { from: "0000-01-01", to: shifted(one.from, -1) };
    case "until":
      return { from: "0000-01-01", to: one.to };
    case "between":
      return { from: one.from, to: span(match[3] ?? match[2]!).to };
    default:
      return one;
  }
}
