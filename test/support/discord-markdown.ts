/**
 * Reads Discord's markdown the way its clients do, for saying what a message shows and what acts in it. Written from what
 * Discord documents and shows, without the adapter's own escaping: https://support.discord.com/hc/en-us/articles/210298617
 */

export interface ReadMarkdown {
  /** What a person reads, markup gone; line breaks stay. */
  readonly text: string;
  readonly bold: readonly string[];
  readonly links: readonly { readonly label: string; readonly url: string }[];
  /** Everything else that acts: kinds such as mention, heading, spoiler, autolink, invite, emoji. */
  readonly effects: readonly string[];
}

interface Found {
  text: string;
  bold: string[];
  links: { label: string; url: string }[];
  effects: string[];
}

const maskedLink =
  /^\[((?:\[[^\]]*\]|[^[\]]|\](?=[^[]*\]))*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?(?:\s+['"]([\s\S]*?)['"])?\s*\)/;

/** In the order in which clients try them; each takes text from where it stands. */
const rules: readonly (readonly [string, RegExp])[] = [
  ["escape", /^\\([^0-9A-Za-z\s])/],
  ["mention", /^(?:<@[!&]?\d+>|<#\d+>|<\/[^:>]+:\d+>|<id:\w+>|@everyone|@here)/],
  ["timestamp", /^<t:-?\d+(?::\w)?>/],
  ["emoji", /^(?:<a?:\w+:\d+>|:[\w+~-]+:)/],
  ["autolink", /^<(?:[^\s:>]+:\/\/|mailto:|tel:)[^\s>]*>/],
  ["autolink", /^https?:\/\/[^\s<]+[^<.,:;"'\]\s]/i],
  ["code", /^(`+)([\s\S]*?[^`])\1(?!`)/],
  ["bold", /^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/],
  ["underline", /^__((?:\\[\s\S]|[^\\])+?)__(?!_)/],
  ["emphasis", /^\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/],
  ["emphasis", /^_((?:__|\\[\s\S]|[^\\_])+?)_(?!\w)/],
  ["strike", /^~~([\s\S]+?)~~(?!_)/],
  ["spoiler", /^\|\|([\s\S]+?)\|\|/],
];

function inline(source: string, into: Found): void {
  for (let rest = source; rest !== ""; ) {
    const link = maskedLink.exec(rest);
    if (link) {
      const label = readMarkdown(link[1]!, false);
      into.links.push({ label: label.text, url: link[2]! });
      into.text += label.text;
      into.effects.push(...label.effects);
      rest = rest.slice(link[0].length);
      continue;
    }
    const [kind, match] =
      rules.map(([name, rule]) => [name, rule.exec(rest)] as const).find(([, found]) => found) ?? [];
    if (!kind || !match) {
      const plain = /^[\s\S]+?(?=[^0-9A-Za-z\s]|\n|\w+:\S|$)/u.exec(rest)![0];
      into.text += plain;
      rest = rest.slice(plain.length);
      continue;
    }
    rest = rest.slice(match[0].length);
    if (kind === "escape") into.text += match[1]!;
    else if (kind === "bold") {
      const inner = readMarkdown(match[1]!, false);
      into.bold.push(inner.text);
      into.text += inner.text;
      into.links.push(...inner.links);
      into.effects.push(...inner.effects);
    } else {
      into.effects.push(kind);
      into.text += match[0];
    }
  }
}

const lineKinds: readonly (readonly [string, RegExp])[] = [
  ["heading", /^#{1,3} +(?=\S)/],
  ["subtext", /^-# +(?=\S)/],
  ["quote", /^>(?:>>)? /],
  ["list", /^ *(?:[-*+]|\d+\.) +(?=\S)/],
];

/** Reads `source`; `lines` says whether it stands at the start of a line. */
export function readMarkdown(source: string, lines = true): ReadMarkdown {
  const found: Found = { text: "", bold: [], links: [], effects: [] };
  if (
    /discord(?:app)?\.(?:gg|gift|new|com\/(?:invite|channels|events|gifts))\/\w/i.test(
      source.replace(/\]\(<[^>]*>\)/g, "]"),
    )
  )
    found.effects.push("invite");
  if (/```/.test(source)) found.effects.push("codeblock");
  const all = lines ? source.split("\n") : [source];
  const bodies = all.map((line) => {
    let rest = line;
    for (let again = lines; again; ) {
      const [kind, match] =
        lineKinds.map(([name, rule]) => [name, rule.exec(rest)] as const).find(([, one]) => one) ?? [];
      again = kind === "quote";
      if (!kind || !match) break;
      found.effects.push(kind);
      rest = rest.slice(match[0].length);
    }
    return rest;
  });
  inline(bodies.join("\n"), found);
  return found;
}
