/** Reads the dates that feeds carry and gives those that can be true in UTC. */
import { isoDate } from "../corpus/read/iso-date.ts";

/** Zone names that feeds use beside those of RFC 822; names that mean several zones are not guessed. */
const zones: Readonly<Record<string, string>> = {
  BST: "+01:00",
  WEST: "+01:00",
  CET: "+01:00",
  MEZ: "+01:00",
  CEST: "+02:00",
  MESZ: "+02:00",
  EET: "+02:00",
  SAST: "+02:00",
  EEST: "+03:00",
  MSK: "+03:00",
  HKT: "+08:00",
  JST: "+09:00",
  KST: "+09:00",
  AEST: "+10:00",
  AEDT: "+11:00",
  NZST: "+12:00",
  NZDT: "+13:00",
  AKST: "-09:00",
  AKDT: "-08:00",
  HST: "-10:00",
  BRT: "-03:00",
};

/** Clocks of servers are wrong by up to this much. */
const aheadMs = 2 * 86_400_000;

/**
 * `value` in UTC, to the second ("2026-11-21T08:30:00Z"); a date alone is its first second, a time without a zone is taken as
 * UTC. Null for what is no date, lies before 1970 or later than two days after `nowMs`.
 */
export function feedDate(value: string, nowMs: number): string | null {
  const ms = epochOf(value.replace(/\s+/g, " ").trim());
  if (Number.isNaN(ms) || ms < 0 || ms > nowMs + aheadMs) return null;
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

function epochOf(text: string): number {
  if (text.length > 80) return Number.NaN;
  const iso = isoDate(regular(text));
  if (iso) {
    const full = iso.length === 4 ? `${iso}-01-01` : iso.length === 7 ? `${iso}-01` : iso;
    const zoned = /[Z]$|[+-]\d{2}:\d{2}$/.test(full) || !full.includes("T") ? full : `${full}Z`;
    return Date.parse(zoned.replace(/:60(?=Z|[+-]|$)/, ":59"));
  }
  // Only with a zone: without one, the answer would depend on where Dateline runs.
  return /(?:GMT|UTC?|Z|[+-]\d{2}:?\d{2})(?: ?\([^)]*\))?$/.test(text) && !text.includes("/")
    ? Date.parse(text)
    : Number.NaN;
}

/** The same date in the order and with the year and zone that `isoDate` knows. */
function regular(text: string): string {
  return text
    .replace(/^(?:\p{L}{2,9}\.?,? ?)(?=\d)/u, "")
    .replace(
      /^(?:\p{L}{3,9},? )?(\p{L}{3,9}) (\d{1,2}) (\d{1,2}:\d{2}(?::\d{2})?) (?:([A-Z]{2,4}) )?(\d{4})$/u,
      "$2 $1 $5 $3 $4",
    )
    .replace(/^(\d{1,2})[ -](\p{L}{3,9}\.?)[ -](\d{2})(?= |$)/u, (_, day: string, month: string, year: string) => {
      return `${day} ${month} ${Number(year) < 70 ? "20" : "19"}${year}`;
    })
    .replace(/(?:GMT|UTC) ?([+-]\d{2}:?\d{2})$/, "$1")
    .replace(/ ([A-Z]{3,4})$/, (whole, zone: string) => (zones[zone] ? ` ${zones[zone]}` : whole))
    .trim();
}
