/** A chart of what feeds brought, day by day and outlet by outlet: drawn on the server, with the same figures as a table. */
import type { DayCount } from "../../src/ports.ts";
import { counted, grouped } from "../../src/reply/counted.ts";
import { publishedWords } from "../../src/reply/published.ts";
import { html, line, type Markup } from "./markup.ts";

/** Outlets with a colour of their own; the others are one. */
const mostOutlets = 6;
const dayMs = 86_400_000;
const plot = { width: 720, height: 220, left: 40, bottom: 24, top: 8, gap: 0.28 };

/** A day's items, by the place of their outlet in `outlets`. */
interface Column {
  /** ISO date. */
  readonly day: string;
  readonly items: readonly number[];
}

export interface ChartData {
  /** Names, the largest first; "other outlets" last where there are more. */
  readonly outlets: readonly string[];
  /** Oldest first, days without items too. */
  readonly columns: readonly Column[];
}

/** The figures of the last `days` days up to `now`, in UTC. */
export function chartData(counts: readonly DayCount[], now: number, days: number): ChartData {
  const totals = new Map<string, number>();
  const nameOf = ({ outlet }: DayCount) => outlet ?? "outlet not given";
  for (const count of counts) totals.set(nameOf(count), (totals.get(nameOf(count)) ?? 0) + count.items);
  const ranked = [...totals].toSorted((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
  const named = ranked.slice(0, mostOutlets).map(([name]) => name);
  const outlets = ranked.length > mostOutlets ? [...named, "other outlets"] : named;
  const columns = Array.from({ length: days }, (_, i) => {
    const day = new Date(now - (days - 1 - i) * dayMs).toISOString().slice(0, 10);
    const items = outlets.map(() => 0);
    for (const count of counts) {
      if (count.day !== day) continue;
      const place = named.indexOf(nameOf(count));
      items[place < 0 ? mostOutlets : place]! += count.items;
    }
    return { day, items };
  });
  return { outlets, columns };
}

function sum(list: readonly number[]): number {
  return list.reduce((total, one) => total + one, 0);
}

/** Steps of 1, 2, 5, 10, 20, 50, …: the least with which at most five of them hold `most`, and how high those reach. */
function scaleFor(most: number): { readonly top: number; readonly step: number } {
  for (let power = 1; ; power *= 10)
    for (const digit of [1, 2, 5]) {
      const step = digit * power;
      if (step * 5 >= most) return { top: Math.ceil(most / step) * step, step };
    }
}

function gridMarkup({ top, step }: ReturnType<typeof scaleFor>, y: (items: number) => number): readonly Markup[] {
  return Array.from({ length: top / step + 1 }, (_, i) => {
    const at = y(i * step);
    return html`<line class="grid" x1="${plot.left}" x2="${plot.width}" y1="${at}" y2="${at}"/><text class="tick" x="${plot.left - 6}" y="${at + 4}" text-anchor="end">${grouped(i * step)}</text>`;
  });
}

/** Days as a reader knows them: "21", and the month under the first day that is shown of it. */
function dayLabel(day: string, first: boolean): string {
  const [number, month] = publishedWords(day).split(" ");
  return first || number === "1" ? `${number} ${month!.slice(0, 3)}` : number!;
}

function svgMarkup({ outlets, columns }: ChartData): Markup {
  const scale = scaleFor(Math.max(1, ...columns.map(({ items }) => sum(items))));
  const floor = plot.height - plot.bottom;
  const y = (items: number) => Math.round(floor - (items / scale.top) * (floor - plot.top));
  const step = (plot.width - plot.left) / columns.length;
  const bars = columns.map(({ day, items }, i) => {
    const x = Math.round(plot.left + (i + plot.gap / 2) * step);
    const width = Math.round(step * (1 - plot.gap));
    let below = 0;
    const pieces = items.map((count, outlet) => {
      const from = y(below);
      below += count;
      if (count === 0) return "";
      return html`<rect class="c${outlet}" x="${x}" y="${y(below)}" width="${width}" height="${Math.max(1, from - y(below))}"><title>${publishedWords(day)}, ${line(outlets[outlet]!)}: ${counted(count, "item")}</title></rect>`;
    });
    return html`<g>${pieces}<text class="tick" x="${x + width / 2}" y="${plot.height - 8}" text-anchor="middle">${dayLabel(day, i === 0)}</text></g>`;
  });
  return html`<svg viewBox="0 0 ${plot.width} ${plot.height}" role="img" aria-labelledby="chart-title">${gridMarkup(scale, y)}${bars}</svg>`;
}

function tableMarkup({ outlets, columns }: ChartData): Markup {
  const rows = columns.toReversed().filter(({ items }) => sum(items) > 0);
  return html`<details class="figures"><summary>The figures</summary>
<div class="scrolls" tabindex="0" role="region" aria-label="Items by day and outlet"><table>
<thead><tr><th scope="col">Day</th>${outlets.map((name) => html`<th scope="col">${line(name)}</th>`)}<th scope="col">All</th></tr></thead>
<tbody>${rows.map(({ day, items }) => html`<tr><th scope="row">${publishedWords(day)}</th>${items.map((count) => html`<td>${grouped(count)}</td>`)}<td>${grouped(sum(items))}</td></tr>`)}</tbody>
</table></div></details>`;
}

/** The chart with its legend and its table; a sentence where there is nothing to draw. */
export function chartMarkup(data: ChartData): Markup {
  const all = sum(data.columns.flatMap(({ items }) => items));
  const days = data.columns.length;
  if (all === 0) return html`<p class="hint">Nothing has come in by feed in the last ${days} days.</p>`;
  return html`<figure class="chart"><figcaption id="chart-title">${counted(all, "item")} by feed in the last ${days} days, by day and outlet</figcaption>
<div class="scrolls" tabindex="0" role="region" aria-labelledby="chart-title">${svgMarkup(data)}</div>
<ul class="legend">${data.outlets.map((name, i) => html`<li><svg viewBox="0 0 10 10" aria-hidden="true"><rect class="c${i}" width="10" height="10"/></svg> ${line(name)}</li>`)}</ul>
${tableMarkup(data)}</figure>`;
}
