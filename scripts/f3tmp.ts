import { readdirSync, readFileSync } from "node:fs";
import { parseFeed } from "../src/feeds/parse-feed.ts";
const folder="/tmp/f3/w3c+feedvalidator/testcases";
for (const n of readdirSync(folder,{recursive:true}).map(String).filter(n=>n.endsWith(".xml")).sort()) {
  const b=readFileSync(folder+"/"+n); const text=b.toString("latin1").replaceAll("\0","");
  const m=text.replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[\s\S]*?(?:\]\s*>|>)/gi, "");
  const root=/^[^<]*<(?:[\w-]+:)?(?:rss|feed|rdf)[\s>/]/i.test(m);
  const o=await parseFeed(b,{base:"http://x/",contentType:null,language:null,nowMs:2e12});
  if (root!==(o.kind==="parsed") && !n.startsWith("rss11")) console.log(n, root, o.kind, m.slice(0,80).trim());
}
