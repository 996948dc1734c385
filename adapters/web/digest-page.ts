/** A digest as it was made: its stories word for word, who else has them, where outlets differ, what was left out and why. */
import type { Citation } from "../../src/answer/answer.ts";
import type {
  BriefStory,
  Digest,
  DigestDocument,
  DigestStory,
  Disagreement,
  LeftOutReason,
  StoryScore,
} from "../../src/digest/digest.ts";
import { counted } from "../../src/reply/counted.ts";
import { documentPath } from "../../src/reply/document-path.ts";
import { countedStories } from "./digests-page.ts";
import type { Page } from "./layout.ts";
import { html, line, type Markup, prose } from "./markup.ts";
import { zonedMoments } from "./moments.ts";
import { revisionPath } from "./revisions.ts";

/** Left-out reports that are listed for each reason; the JSON of the page has all. */
const listedForAReason = 20;

const reasons: Readonly<Record<LeftOutReason, string>> = {
  "no-room": "Ranked below the stories told",
  "off-topic": "On none of the topics",
  "other-outlet": "From outlets that were not asked for",
  old: "Published long before",
  undated: "Ingested without a date, so nobody can tell whether they are news",
  baseline: "Already there when their feed was added",
  "nothing-to-quote": "Without a sentence that can be quoted",
};

const differences: Readonly<Record<Disagreement["kind"], string>> = {
  number: "Outlets give different figures",
  date: "Outlets give different dates",
  wording: "Outlets word it differently",
};

type Cited = ReadonlyMap<number, Citation>;

function titleLink({ document, revision, title }: DigestDocument, base: string): Markup {
  return html`<a href="${base}${revisionPath(document, revision)}" dir="auto">${line(title)}</a>`;
}

/** "[3] Gazette", opening the document at the words. */
function citeLink({ n, outlet, title, ...cited }: Citation, base: string): Markup {
  return html`<a class="from" href="${base}${documentPath(cited)}"><span class="n">[${n}]</span>&nbsp;${line(outlet ?? title)}</a>`;
}

function sentenceMarkup(citation: Citation | undefined, base: string): Markup {
  if (!citation) return html``;
  return html`<figure><blockquote dir="auto"><p>${prose(citation.quote)}</p></blockquote> <figcaption>${citeLink(citation, base)}</figcaption></figure>`;
}

function disagreementMarkup({ kind, sides }: Disagreement, cited: Cited, base: string): Markup {
  return html`<div class="differ"><p>${differences[kind]}:</p><ul class="variants">${sides.map(
    ({ citation, text, outlets }) => {
      const source = cited.get(citation);
      return html`<li dir="auto">“${prose(text)}” – ${outlets.map(line).join(", ")}${source ? html` ${citeLink(source, base)}` : ""}</li>`;
    },
  )}</ul></div>`;
}

function alsoMarkup({ alsoIn }: DigestStory, base: string): Markup {
  if (alsoIn.length === 0) return html``;
  return html`<p class="also">Also: ${alsoIn.map(
    (coverage, i) =>
      html`${i === 0 ? "" : "; "}${coverage.outlet === null ? "" : html`${line(coverage.outlet)}, `}${titleLink(coverage, base)}${coverage.copyOf === null ? "" : " (carries the same text)"}`,
  )}</p>`;
}

function scoreWords({ independent, matched, freshness, total }: StoryScore): string {
  const topics = matched.length === 0 ? "" : `, on ${matched.map(line).join(" and ")}`;
  const hundredth = (share: number) => Math.round(share * 100);
  return `Why it is here: ${counted(independent, "independent outlet")}${topics}, freshness ${hundredth(freshness)} of 100; score ${hundredth(total)}.`;
}

function storyMarkup(story: DigestStory, cited: Cited, base: string): Markup {
  const { headline, keySentences, disagreements, score } = story;
  return html`<section class="story"><h2>${titleLink(headline, base)}</h2>
${keySentences.map((n) => sentenceMarkup(cited.get(n), base))}
${disagreements.map((one) => disagreementMarkup(one, cited, base))}
${alsoMarkup(story, base)}
<p class="meta">${scoreWords(score)}</p></section>`;
}

function briefMarkup(heading: string, stories: readonly BriefStory[], base: string): Markup {
  if (stories.length === 0) return html``;
  return html`<section class="brief"><h2>${heading}</h2><ul>${stories.map(
    ({ headline }) =>
      html`<li>${titleLink(headline, base)}${headline.outlet === null ? "" : html` <span class="meta">${line(headline.outlet)}</span>`}</li>`,
  )}</ul></section>`;
}

function leftOutMarkup({ leftOut }: Digest, base: string): Markup {
  if (leftOut.length === 0) return html``;
  const groups = (Object.keys(reasons) as readonly LeftOutReason[]).map((reason) => {
    const list = leftOut.filter((one) => one.reason === reason);
    if (list.length === 0) return html``;
    const rest = list.length - listedForAReason;
    return html`<h3>${reasons[reason]}: ${list.length}</h3><ul>${list
      .slice(0, listedForAReason)
      .map(
        (one) =>
          html`<li>${titleLink(one, base)}${one.outlet === null ? "" : html` <span class="meta">${line(one.outlet)}</span>`}</li>`,
      )}</ul>${rest > 0 ? html`<p class="hint">and ${rest} more</p>` : ""}`;
  });
  return html`<details class="brief"><summary>${counted(leftOut.length, "report")} left out, and why</summary>${groups}</details>`;
}

function statusWords({ stories, arrived, window, timeZone, topics, outlets }: Digest): string {
  const { moment } = zonedMoments(timeZone);
  const narrowed = [
    topics.length === 0 ? "" : ` on ${topics.map(line).join(", ")}`,
    outlets.length === 0 ? "" : ` from ${outlets.map(line).join(", ")}`,
  ].join("");
  const told = stories.length === 0 ? "Nothing new" : countedStories(stories.length);
  return `${told}${narrowed}; ${counted(arrived.documents, "report")} by ${counted(arrived.outlets, "outlet")} came in between ${moment(window.since)} and ${moment(window.until)} (${timeZone}).`;
}

/** The page of a digest. */
export function digestPage(digest: Digest, base: string): Page {
  const cited: Cited = new Map(digest.citations.map((citation) => [citation.n, citation]));
  const { day } = zonedMoments(digest.timeZone);
  return {
    title: `News digest, ${day(digest.window.until)}`,
    section: "digests",
    main: html`<article class="digest"><h1>News digest, ${day(digest.window.until)}</h1>
<p class="status">${statusWords(digest)}</p>
${digest.stories.map((story) => storyMarkup(story, cited, base))}
${briefMarkup(
  "In brief",
  digest.brief.filter(({ reason }) => reason !== "off-topic"),
  base,
)}
${briefMarkup(
  "Outside the topics",
  digest.brief.filter(({ reason }) => reason === "off-topic"),
  base,
)}
${leftOutMarkup(digest, base)}</article>`,
  };
}
